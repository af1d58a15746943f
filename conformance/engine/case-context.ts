import type { S3ClientConfig } from '@aws-sdk/client-s3';
import type { Exchange } from './exchange.ts';
import type { Subject } from './subject.ts';
import type { RawExchange, RawRequest, RawSigning } from '../transports/raw.ts';
import type { HeaderPair, QueryPair } from '../transports/sigv4.ts';
import type { Credentials, S3Command } from '../transports/sdk.ts';
import type { Mutation } from '../transports/sdk-http.ts';
import type { Target } from './target.ts';

export interface SubjectOptions {
  /** Who asks: default the first account. */
  readonly as?: 'second' | 'anonymous';
  /** Overrides of the SDK's client, e.g. `{ requestChecksumCalculation: 'WHEN_REQUIRED' }`. */
  readonly client?: S3ClientConfig;
  /** Changes the request on its way (transport sdk-http). */
  readonly mutate?: Mutation;
}

export interface PutOptions {
  readonly contentType?: string;
  readonly metadata?: Record<string, string>;
  readonly tagging?: string;
}

export interface PresignOptions {
  /** Default 60. */
  readonly expiresSeconds?: number;
  readonly credentials?: Credentials;
  readonly region?: string;
  readonly date?: Date;
  /** Headers the request will send and that are signed, besides host. */
  readonly headers?: readonly HeaderPair[];
  readonly query?: readonly QueryPair[];
  readonly faults?: RawSigning['faults'];
}

/** What a case works with. Everything it makes is removed afterwards. */
export interface CaseContext {
  readonly target: Target;
  readonly region: string;
  readonly credentials: Credentials;
  /** Fires at the case's time limit. */
  readonly signal: AbortSignal;

  /** Set-up: makes a bucket of its own and returns its name. */
  bucket(): Promise<string>;
  /** A name of this run that does not exist; it is removed afterwards if the case makes it. */
  bucketName(): string;
  /** Set-up: writes an object through the SDK; returns its ETag as the server gave it. */
  put(bucket: string, key: string, body: string | Uint8Array, options?: PutOptions): Promise<string>;
  /** Set-up: any other request; a refusal blocks the case. Returns the SDK's output. */
  setup<Output>(command: S3Command<Output>, options?: SubjectOptions): Promise<Output>;

  /** The request the case is about. Never throws for a refusal: assert on what it returns. */
  subject<Output>(command: S3Command<Output>, options?: SubjectOptions): Promise<Subject<Output>>;
  /** A subject over a socket of its own, signed by the suite's own signer; see RawRequest for the fault hooks. */
  raw(request: RawRequest): Promise<RawSubject>;
  /** The same without any signature. */
  rawUnsigned(request: Omit<RawRequest, 'sign'>): Promise<RawSubject>;
  /** `/bucket/key`, percent-encoded for `raw`. */
  path(bucket: string, key?: string): string;
  /** A presigned URL made by the SDK's presigner. */
  presign<Output>(
    command: S3Command<Output>,
    options?: { expiresSeconds?: number; client?: S3ClientConfig },
  ): Promise<URL>;
  /** The query of a presigned request made by the suite's own signer: use with `rawUnsigned`. */
  presignRaw(method: string, path: string, options?: PresignOptions): readonly QueryPair[];
  /** A subject that sends a URL as it stands, unsigned. */
  fetchUrl(method: string, url: URL, request?: Pick<RawRequest, 'headers' | 'body'>): Promise<RawSubject>;

  /** The object holds exactly these bytes. After a refusal a difference is `state-damaged`, else `ignored` or `wrong-body`. */
  expectObject(bucket: string, key: string, body: string | Uint8Array): Promise<void>;
  /** HEAD answers 404. After a refusal a found object is `state-damaged`. */
  expectAbsent(bucket: string, key: string): Promise<void>;
  /** The bucket holds exactly these keys, in any order of arguments. */
  expectKeys(bucket: string, keys: readonly string[]): Promise<void>;
  expectBucketExists(bucket: string): Promise<void>;
  expectBucketAbsent(bucket: string): Promise<void>;
  /** Compares by value (Node's deepStrictEqual). `what` names the thing in reports; the default cause is `wrong-body`. */
  expectEqual(actual: unknown, expected: unknown, what: string, cause?: ValueCause): void;
  expectMatch(actual: string | undefined, pattern: RegExp, what: string, cause?: ValueCause): void;
  /** For whatever the others cannot say. */
  expectTrue(holds: boolean, what: string, cause?: ValueCause): void;
  /** Any request that is neither set-up nor subject: whatever comes back is returned, nothing is thrown or asserted. */
  look<Output>(command: S3Command<Output>): Promise<Exchange<Output>>;
  /** Reads back something for an assertion: like `setup`, after the subject. 404 is returned, not thrown. */
  observe<Output>(command: S3Command<Output>): Promise<Exchange<Output>>;
}

export type ValueCause = 'wrong-body' | 'wrong-header' | 'wrong-shape' | 'wrong-status' | 'ignored' | 'state-damaged';

export type RawSubject = Subject<undefined> & { readonly exchange: RawExchange };
