import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { bucketModes, type BucketMode } from '../engine/bucket-supply.ts';
import { Target, type TargetOptions } from '../engine/target.ts';
import type { Credentials } from '../transports/sdk.ts';

export interface ConnectionOptions {
  readonly endpoint?: string;
  readonly accessKey?: string;
  readonly secretKey?: string;
  readonly sessionToken?: string;
  readonly region: string;
  readonly secondAccessKey?: string;
  readonly secondSecretKey?: string;
  readonly anonymous?: boolean;
  readonly domain?: string;
  readonly accountId?: string;
  readonly caFile?: string;
  readonly bucketMode?: BucketMode;
  readonly buckets?: readonly string[];
  readonly large: boolean;
  readonly slow?: boolean;
  readonly timeoutFactor?: number;
}

/** A wrong use of the command line: exit code 4, with what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Files of another version, or of other cases: exit code 3. */
export class CatalogueMismatch extends Error {
  override readonly name = 'CatalogueMismatch';
}

/** For an option's value. */
export function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('a whole number from 1 up is needed.');
  return value;
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError('a whole number is needed.');
  return Number(text);
}

function names(text: string): readonly string[] {
  const found = text.split(',').map((name) => name.trim());
  if (found.includes('')) throw new InvalidArgumentError('names separated by commas are needed.');
  return [...new Set(found)];
}

function hostName(text: string): string {
  if (!/^[a-z0-9.-]+$/i.test(text)) throw new InvalidArgumentError('a host name is needed, as s3.example.com.');
  return text;
}

/** Adds what every command that talks to a server needs. */
export function withConnection(command: Command): Command {
  return command
    .addOption(
      new Option('-e, --endpoint <url>', 'the S3 endpoint, e.g. http://127.0.0.1:9878').env('CONFORMANCE_ENDPOINT'),
    )
    .option('--access-key <id>', 'access key (else CONFORMANCE_ACCESS_KEY or AWS_ACCESS_KEY_ID)')
    .option('--secret-key <secret>', 'secret key (else CONFORMANCE_SECRET_KEY or AWS_SECRET_ACCESS_KEY)')
    .option('--session-token <token>', 'session token of temporary keys (else AWS_SESSION_TOKEN)')
    .addOption(new Option('--region <name>', 'region to sign for').env('CONFORMANCE_REGION').default('us-east-1'))
    .addOption(
      new Option('--second-access-key <id>', 'another user, for cases between two').env(
        'CONFORMANCE_SECOND_ACCESS_KEY',
      ),
    )
    .addOption(
      new Option('--second-secret-key <secret>', "the other user's secret").env('CONFORMANCE_SECOND_SECRET_KEY'),
    )
    .option('--account-id <id>', 'the id of the account of --access-key, for the cases that name it')
    .option('--ca-file <pem>', 'the authority that signed the certificate of an https endpoint')
    .addOption(
      new Option(
        '--bucket-mode <mode>',
        'make a bucket for each case, use made ones again, or only given ones',
      ).choices(bucketModes),
    )
    .option('--buckets <names>', 'empty buckets, separated by commas: none is made or removed', names)
    .option('--anonymous', 'run the cases that send requests without a signature')
    .option('--domain <name>', 'run the virtual-host cases: buckets are reached as BUCKET.<name>', hostName)
    .option('--no-large', 'leave out the cases that need objects of 5 MiB and more')
    .option('--slow', 'run the cases that take long')
    .option('--timeout-factor <n>', 'how many times longer than usual a case may take', positiveInteger);
}

function credentialsOf(options: ConnectionOptions): Credentials {
  const { env } = process;
  const accessKeyId = options.accessKey ?? env['CONFORMANCE_ACCESS_KEY'] ?? env['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = options.secretKey ?? env['CONFORMANCE_SECRET_KEY'] ?? env['AWS_SECRET_ACCESS_KEY'];
  if (accessKeyId === undefined || accessKeyId === '' || secretAccessKey === undefined || secretAccessKey === '') {
    throw new UsageError(
      'No key pair. Give --access-key and --secret-key, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    );
  }
  // The token of one pair is no token of another.
  const isOfAws = accessKeyId === env['AWS_ACCESS_KEY_ID'];
  const sessionToken = options.sessionToken ?? (isOfAws ? env['AWS_SESSION_TOKEN'] : undefined);
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}

function endpointOf({ endpoint }: ConnectionOptions): URL {
  if (endpoint === undefined) {
    throw new UsageError('No endpoint. Give --endpoint, e.g. --endpoint http://127.0.0.1:9878');
  }
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`--endpoint ${endpoint} is not an http or https URL. Example: http://127.0.0.1:9878`);
  }
  return url;
}

function secondCredentialsOf({ secondAccessKey, secondSecretKey }: ConnectionOptions): Credentials | undefined {
  const [accessKeyId = '', secretAccessKey = ''] = [secondAccessKey, secondSecretKey];
  if (accessKeyId === '' && secretAccessKey === '') return undefined;
  if (accessKeyId === '' || secretAccessKey === '') {
    throw new UsageError('The second account needs both --second-access-key and --second-secret-key.');
  }
  return { accessKeyId, secretAccessKey };
}

function bucketsOf({ bucketMode, buckets }: ConnectionOptions): Pick<TargetOptions, 'bucketMode' | 'buckets'> {
  if (buckets === undefined && bucketMode === 'existing') {
    throw new UsageError('Which buckets? --bucket-mode existing needs --buckets a,b,c: empty ones, two or more.');
  }
  if (buckets !== undefined && bucketMode !== undefined && bucketMode !== 'existing') {
    throw new UsageError(`--buckets is for --bucket-mode existing, not for ${bucketMode}.`);
  }
  return buckets === undefined ? { bucketMode: bucketMode ?? 'per-case' } : { bucketMode: 'existing', buckets };
}

function caOf({ caFile }: ConnectionOptions): string | undefined {
  try {
    return caFile === undefined ? undefined : readFileSync(caFile, 'utf8');
  } catch (error) {
    throw new UsageError(`--ca-file cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @throws UsageError when the options don't say where to go and with which keys */
export function targetFrom(options: ConnectionOptions): Target {
  return new Target({
    endpoint: endpointOf(options),
    credentials: credentialsOf(options),
    region: options.region,
    secondCredentials: secondCredentialsOf(options),
    accountId: options.accountId,
    allowsAnonymous: options.anonymous === true,
    domain: options.domain,
    ca: caOf(options),
    ...bucketsOf(options),
    runId: randomBytes(4).toString('hex'),
    includeLarge: options.large,
    includeSlow: options.slow === true,
    ...(options.timeoutFactor === undefined ? {} : { timeoutFactor: options.timeoutFactor }),
  });
}
