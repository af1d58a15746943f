import type { AwsProfile } from '../auth/aws-profile.ts';

/** The two lines by which a secret is shown, as `ozone s3 getsecret` writes them; `asExports` for a shell to evaluate. */
export function secretLines({ userName, secret }: AwsProfile, asExports: boolean): string {
  if (!asExports) return `awsAccessKey=${userName}\nawsSecret=${secret}\n`;
  return `export AWS_ACCESS_KEY_ID=${quoted(userName)}\nexport AWS_SECRET_ACCESS_KEY=${quoted(secret)}\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
