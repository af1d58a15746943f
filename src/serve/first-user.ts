import { readAwsProfile, writeAwsProfile, type AwsProfile } from '../auth/aws-profile.ts';
import type { CredentialsFile } from '../auth/credentials-file.ts';
import { loginName } from '../auth/login-name.ts';
import type { FirstUserConfig } from '../config/config.ts';

/**
 * At the first start makes the first user's credentials and the AWS profile; at every start puts a configured secret
 * in force and brings the profile up to date. Returns the profile's user, undefined where that user was revoked.
 */
export async function prepareFirstUser(
  dataDir: string,
  credentials: CredentialsFile,
  config: FirstUserConfig,
): Promise<string | undefined> {
  const present = readAwsProfile(dataDir);
  const userName = config.accessKey ?? (config.secretKey ? loginName() : present?.userName) ?? loginName();
  if (config.secretKey !== undefined) await credentials.put(userName, config.secretKey.reveal());

  // A user who was revoked on purpose is not made again: only one who was never in the profile is new.
  const isNew = present?.userName !== userName;
  const secret = credentials.secretOf(userName) ?? (isNew ? await credentials.create(userName) : undefined);
  if (secret === undefined) return undefined;
  keepProfile(dataDir, present, { userName, secret });
  return userName;
}

function keepProfile(dataDir: string, present: AwsProfile | undefined, wanted: AwsProfile): void {
  const same = present?.userName === wanted.userName && present.secret === wanted.secret;
  if (!same) writeAwsProfile(dataDir, wanted);
}
