import { z } from 'zod';
import { key, type KeyDocument } from './config-key.ts';
import { ozoneKeys } from './ozone-schema.ts';
import {
  authKind,
  domains,
  duration,
  hostPort,
  matching,
  oneOf,
  optionalName,
  secret,
  size,
  truth,
  userName,
  wholeNumber,
} from './text-values.ts';

/** Every key of the configuration under its one name: Ozone's where Ozone has it. All values come as text. */
export const configSchema = z.object({
  'ozone.s3g.http-address': key(hostPort, '127.0.0.1:9878', {
    flag: '--http-address <host:port>',
    description: 'Where S3 is served. Port 0 takes a free one.',
  }),
  'ozone.s3g.webadmin.http-address': key(hostPort, '127.0.0.1:19878', {
    flag: '--admin-address <host:port>',
    description: 'Where /health, /ready and /metrics are served, without authentication. Port 0 takes a free one.',
  }),
  'ozone.s3g.store': key(oneOf('local', 'ozone'), 'local', {
    flag: '--store <kind>',
    description:
      'Where buckets and objects are: local, in the data directory; ozone, in the cluster that the keys of Ozone below name.',
  }),
  'ozone.s3g.data': key(z.string().min(1, { error: 'must not be empty' }), './data', {
    flag: '--data <dir>',
    description: 'Directory of the local store and of its credentials; made if absent.',
  }),
  'ozone.s3g.workers': key(wholeNumber(1, 256), '1', {
    flag: '--workers <n>',
    description: 'Worker processes that serve S3.',
  }),
  'ozone.s3g.domain.name': key(domains, '', {
    flag: '--domain-name <names>',
    description:
      'Host names, separated by commas, under which BUCKET.NAME addresses a bucket (virtual-host style). Path style works beside it.',
    whenEmpty: 'none',
  }),
  'ozone.s3g.region': key(matching(/^[a-z0-9-]{1,64}$/, 'must be a region name, as us-east-1'), 'us-east-1', {
    flag: '--region <name>',
    description: 'The region that the gateway says it is in.',
  }),
  'ozone.s3g.region.strict': key(truth, 'false', {
    flag: '--region-strict [true|false]',
    description: 'Refuse signatures made for another region; else any region is accepted.',
  }),
  'ozone.s3g.auth': key(authKind, '', {
    flag: '--auth <kind>',
    description:
      'Who verifies signatures: local, by the credentials in the data directory; ozone, the Ozone Manager, which takes any in a cluster without security: the access key is the user name.',
    whenEmpty: 'local for the local store, ozone for Ozone',
  }),
  'ozone.s3g.anonymous.access.id': key(optionalName, 'anonymous', {
    flag: '--anonymous-access-id <name>',
    description: 'Whom Ozone is told for a request without a signature. Empty: such a request is refused.',
  }),
  'ozone.s3g.access.key': key(userName, '', {
    flag: '--access-key <name>',
    description: 'The first user, who is made at the first start.',
    whenEmpty: 'the login name',
  }),
  'ozone.s3g.secret.key': key(secret, '', {
    description: "The first user's secret key, of 8 characters or more; put in force at every start.",
    whenEmpty: 'generated at the first start',
  }),
  'ozone.s3g.limits.requests': key(wholeNumber(1, 1_000_000), '1000', {
    flag: '--limits-requests <n>',
    description: 'Requests that a worker has in hand at once; one more is answered 503 SlowDown.',
  }),
  'ozone.s3g.limits.header': key(size(4096, 1024 ** 2), '16KB', {
    flag: '--limits-header <size>',
    description: "Size of a request's line and headers together.",
  }),
  'ozone.s3g.timeout.header': key(duration(100), '30s', {
    flag: '--timeout-header <duration>',
    description: 'Time for all headers of a request to come.',
  }),
  'ozone.s3g.timeout.idle': key(duration(100), '60s', {
    flag: '--timeout-idle <duration>',
    description: 'Time without a byte moving after which a running request is given up.',
  }),
  'ozone.s3g.timeout.keep-alive': key(duration(100), '65s', {
    flag: '--timeout-keep-alive <duration>',
    description: 'Time that a connection stays open between two requests.',
  }),
  'ozone.s3g.timeout.grace': key(duration(0), '30s', {
    flag: '--timeout-grace <duration>',
    description: 'Time that running requests get to finish when the gateway is told to stop.',
  }),
  'ozone.s3g.upload.max-age': key(duration(1000, Number.MAX_SAFE_INTEGER), '7d', {
    flag: '--upload-max-age <duration>',
    description: 'Age at which an uncompleted multipart upload is aborted.',
  }),
  'ozone.s3g.sweep.interval': key(duration(100), '10m', {
    flag: '--sweep-interval <duration>',
    description: 'Time between two sweeps for old uploads and for files that half-done writes left.',
  }),
  'ozone.s3g.white-space.first': key(duration(0), '5s', {
    flag: '--white-space-first <duration>',
    description: 'A copy or a completion that takes longer sends white space, so that the client does not give up.',
  }),
  'ozone.s3g.white-space.next': key(duration(10), '10s', {
    flag: '--white-space-next <duration>',
    description: 'Time between two of them.',
  }),
  'ozone.s3g.log.level': key(oneOf('debug', 'info', 'warn', 'error', 'silent'), 'info', {
    flag: '--log-level <level>',
    description:
      'Lines of this weight and above are written to stderr as JSON: debug, info (every request), warn, error or silent.',
  }),
  ...ozoneKeys,
});

export type ConfigValues = z.output<typeof configSchema>;
export type ConfigKeyName = keyof ConfigValues;

export interface ConfigKey extends KeyDocument {
  readonly name: ConfigKeyName;
  readonly variable: string;
  readonly defaultText: string;
}

/** `ozone.s3g.http-address` is set by OZONE_S3G_HTTP_ADDRESS. */
export function variableOf(name: string): string {
  return name.toUpperCase().replaceAll(/[.-]/g, '_');
}

export const configKeys: readonly ConfigKey[] = Object.entries(configSchema.shape).map(([name, schema]) => ({
  ...(schema.meta() as unknown as KeyDocument & { defaultText: string }),
  name: name as ConfigKeyName,
  variable: variableOf(name),
}));

/** `--http-address` of `--http-address <host:port>`. */
export function flagName(key: KeyDocument): string | undefined {
  return key.flag?.split(' ')[0];
}
