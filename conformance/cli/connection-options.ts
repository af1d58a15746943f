import { randomBytes } from 'node:crypto';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { Target } from '../engine/target.ts';
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
    .option('--anonymous', 'run the cases that send requests without a signature')
    .option('--domain <name>', 'run the virtual-host cases: buckets are reached as BUCKET.<name>')
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
  const sessionToken = options.sessionToken ?? env['AWS_SESSION_TOKEN'];
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

/** @throws UsageError when the options don't say where to go and with which keys */
export function targetFrom(options: ConnectionOptions): Target {
  const { secondAccessKey, secondSecretKey } = options;
  const hasSecond = secondAccessKey !== undefined && secondSecretKey !== undefined;
  return new Target({
    endpoint: endpointOf(options),
    credentials: credentialsOf(options),
    region: options.region,
    secondCredentials: hasSecond ? { accessKeyId: secondAccessKey, secretAccessKey: secondSecretKey } : undefined,
    allowsAnonymous: options.anonymous === true,
    domain: options.domain,
    runId: randomBytes(4).toString('hex'),
    includeLarge: options.large,
    includeSlow: options.slow === true,
    ...(options.timeoutFactor === undefined ? {} : { timeoutFactor: options.timeoutFactor }),
  });
}
