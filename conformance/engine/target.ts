import { randomUUID } from 'node:crypto';
import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import { BucketSupply, type BucketMode } from './bucket-supply.ts';
import type { Secrets } from './redaction.ts';
import { createSdkClient, type Credentials } from '../transports/sdk.ts';

export interface TargetOptions {
  readonly endpoint: URL;
  readonly credentials: Credentials;
  readonly region: string;
  readonly secondCredentials?: Credentials | undefined;
  readonly allowsAnonymous?: boolean;
  /** Virtual-host domain that resolves to the endpoint. */
  readonly domain?: string | undefined;
  /** Names this run's buckets: `s3c-<runId>-<n>`. */
  readonly runId: string;
  /** For what the engine sends by itself: removing what a case made, finding out a capability. Default 30,000. */
  readonly housekeepingTimeoutMs?: number;
  /** How many times longer than usual a case may take, for a server known to be slow. Default 1. */
  readonly timeoutFactor?: number;
  /** Before the run, how long one answer is waited for. Default 10,000. */
  readonly patienceMs?: number;
  /** The id of the account that the credentials belong to. */
  readonly accountId?: string | undefined;
  /** PEM of the authority that signed the endpoint's certificate. */
  readonly ca?: string | undefined;
  readonly bucketMode?: BucketMode;
  /** The buckets of `bucketMode: 'existing'`. */
  readonly buckets?: readonly string[];
  readonly includeSlow?: boolean;
  readonly includeLarge?: boolean;
}

/** The server under test and the clients that talk to it. */
export class Target {
  readonly options: TargetOptions;
  readonly supply: BucketSupply;
  readonly #clients = new Map<string, S3Client>();
  #bucketCount = 0;

  constructor(options: TargetOptions) {
    this.options = options;
    this.supply = new BucketSupply(options.bucketMode, options.buckets);
  }

  get endpoint(): URL {
    return this.options.endpoint;
  }

  /** The client of the first account; `config` overrides make another one, kept until close. */
  client(config: S3ClientConfig = {}): S3Client {
    const key = JSON.stringify(config, (_, value: unknown) => (typeof value === 'function' ? randomUUID() : value));
    const known = this.#clients.get(key);
    if (known !== undefined) return known;
    const { region, credentials } = this.options;
    const client = createSdkClient(this.endpoint, { region, credentials, ...config }, this.options.ca);
    this.#clients.set(key, client);
    return client;
  }

  /** Unsigned requests through the SDK. */
  anonymousClient(): S3Client {
    const known = this.#clients.get('anonymous');
    if (known !== undefined) return known;
    const { region } = this.options;
    const signer = { sign: <Request>(request: Request) => Promise.resolve(request) };
    const client = createSdkClient(this.endpoint, { region, signer }, this.options.ca);
    this.#clients.set('anonymous', client);
    return client;
  }

  get housekeepingTimeoutMs(): number {
    return this.options.housekeepingTimeoutMs ?? 30_000 * this.timeoutFactor;
  }

  get patienceMs(): number {
    return this.options.patienceMs ?? 10_000 * this.timeoutFactor;
  }

  get timeoutFactor(): number {
    return this.options.timeoutFactor ?? 1;
  }

  nextBucketName(): string {
    this.#bucketCount += 1;
    return `s3c-${this.options.runId}-${String(this.#bucketCount)}`;
  }

  /** Made by this run, so that it may be emptied by listing and removed. */
  ownsBucketName(bucket: string): boolean {
    return bucket.startsWith(`s3c-${this.options.runId}-`);
  }

  /** What nothing that a run writes may hold. */
  get secrets(): Secrets {
    const { endpoint, credentials, secondCredentials, domain, accountId = '' } = this.options;
    const accounts = [credentials, ...(secondCredentials === undefined ? [] : [secondCredentials])];
    const keys = accounts.flatMap((one) => [one.accessKeyId, one.secretAccessKey, one.sessionToken ?? '']);
    keys.push(accountId);
    const hosts = [endpoint.host, endpoint.hostname, ...(domain === undefined ? [] : [domain])];
    return { keys, hosts };
  }

  close(): void {
    for (const client of this.#clients.values()) client.destroy();
    this.#clients.clear();
  }
}
