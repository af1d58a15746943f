import { awsProfilePath } from '../auth/aws-profile.ts';
import type { StoreConfig } from '../config/config.ts';
import type { ListenAddress } from '../server.ts';

export interface BannerFacts {
  readonly s3: ListenAddress;
  readonly admin: ListenAddress;
  readonly store: StoreConfig;
  /** Where credentials are. */
  readonly dataDir: string;
  /** `any`: there are no credentials here, the Ozone Manager takes all. Undefined: the profile's user was revoked. */
  readonly user: { readonly name: string } | 'any' | undefined;
  /** Why the store cannot serve yet, one sentence each. */
  readonly notReady: readonly string[];
}

/** What serve says when it is up. The last line works as pasted. Never a secret. */
export function banner({ s3, admin, store, dataDir, user, notReady }: BannerFacts): string {
  const command = `aws --endpoint-url ${reachableUrl(s3)} s3 ls`;
  return [
    `S3 listening on ${urlOf(s3)}`,
    `Admin on ${urlOf(admin)} (/health, /ready, /metrics)`,
    ...whereData(store, user === 'any' ? undefined : dataDir),
    ...notReady.map((reason) => `Not ready yet, and asking again: ${reason}`),
    ...lastLines(command, user, dataDir),
    '',
  ].join('\n');
}

function whereData(store: StoreConfig, credentialsDir: string | undefined): readonly string[] {
  if (store.kind === 'local') return [`Data in ${store.dir}`];
  const nodes = store.om.nodes.map(
    ({ nodeId, host, port }) => `${nodeId === '' ? '' : `${nodeId} at `}${host}:${port}`,
  );
  return [
    `Buckets in the volume ${store.settings.volume} of Ozone (Ozone Manager ${nodes.join(', ')})`,
    ...(credentialsDir === undefined ? [] : [`Credentials in ${credentialsDir}`]),
  ];
}

function lastLines(command: string, user: BannerFacts['user'], dataDir: string): readonly string[] {
  if (user === undefined) {
    return [`The first user's secret was revoked; a new one: ozone-s3g getsecret --data ${shellWord(dataDir)}`];
  }
  if (user === 'any') {
    return [
      'Any access key is taken, as the name of its user, and any secret. Try it:',
      `  AWS_ACCESS_KEY_ID=me AWS_SECRET_ACCESS_KEY=any AWS_DEFAULT_REGION=us-east-1 ${command}`,
    ];
  }
  return ['Try it:', `  AWS_SHARED_CREDENTIALS_FILE=${shellWord(awsProfilePath(dataDir))} ${command}`];
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
