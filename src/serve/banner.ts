import { awsProfilePath } from '../auth/aws-profile.ts';
import type { ListenAddress } from '../server.ts';

export interface BannerFacts {
  readonly s3: ListenAddress;
  readonly admin: ListenAddress;
  readonly dataDir: string;
  /** Undefined: the user of the AWS profile was revoked. */
  readonly userName: string | undefined;
}

/** What serve says when it is up. The last line works as pasted. Never a secret. */
export function banner({ s3, admin, dataDir, userName }: BannerFacts): string {
  const profile = shellWord(awsProfilePath(dataDir));
  const last =
    userName === undefined
      ? `The first user's secret was revoked; a new one: ozone-s3g getsecret --data ${shellWord(dataDir)}`
      : `Try it:\n  AWS_SHARED_CREDENTIALS_FILE=${profile} aws --endpoint-url ${reachableUrl(s3)} s3 ls`;
  return [
    `S3 listening on ${urlOf(s3)}`,
    `Admin on ${urlOf(admin)} (/health, /ready, /metrics)`,
    `Data in ${dataDir}`,
    last,
    '',
  ].join('\n');
}

function urlOf({ host, port }: ListenAddress): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** By which a client on this machine reaches an address that was listened on. */
function reachableUrl({ host, port }: ListenAddress): string {
  const reachable = new Map([
    ['0.0.0.0', '127.0.0.1'],
    ['::', '::1'],
  ]);
  return urlOf({ host: reachable.get(host) ?? host, port });
}

function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
