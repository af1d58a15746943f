import type { S3OperationName } from './catalogue.ts';
import type { ObjectStore } from '../storage/port.ts';
import type { BodySource, ObjectRef, StoreCall } from '../storage/values.ts';

/** A request as an operation sees it: no socket, no Koa. */
export interface S3Request {
  readonly method: string;
  /** First value of a header by its lower-case name, decoded as UTF-8. */
  header(name: string): string | undefined;
  /** All headers as they came, lower-case names, in order. */
  readonly headerList: readonly (readonly [name: string, value: string])[];
  /** First value of a query parameter, percent-decoded; an empty string when it stands without a value. */
  query(name: string): string | undefined;
}

export interface OperationSettings {
  readonly region: string;
  /** Under which the client reached the bucket, or else the service: `http://host:port/bucket`, without a slash after it. */
  readonly url: string;
}

export interface ServiceContext {
  readonly store: ObjectStore;
  readonly call: StoreCall;
  readonly request: S3Request;
  readonly body: BodySource;
  readonly settings: OperationSettings;
}
export interface BucketContext extends ServiceContext {
  readonly bucket: string;
}
export interface ObjectContext extends BucketContext {
  readonly ref: ObjectRef;
}

export interface ContextOf {
  readonly service: ServiceContext;
  readonly bucket: BucketContext;
  readonly object: ObjectContext;
}
export type Resource = keyof ContextOf;

export type ResponseHeaders = Readonly<Record<string, string>>;

/** What an operation answers with: the dispatch filter alone writes it to the socket. */
export interface S3Response {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /**
   * Absent: no body. Text: a whole XML document. A promise of text: an XML document that may take long, sent under
   * status 200 with white space before it to keep the client waiting; its failure then stands inside the 200.
   */
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array> | Promise<string>;
}

export interface Operation<R extends Resource = Resource> {
  /** The SDK's command name: method, query keys and headers that select it stand in the catalogue under this name. */
  readonly name: S3OperationName;
  readonly resource: R;
  handle(context: ContextOf[R]): Promise<S3Response>;
}

export function defineOperation<R extends Resource>(operation: Operation<R>): Operation<R> {
  return operation;
}

export function empty(status: number, headers: ResponseHeaders = {}): S3Response {
  return { status, headers };
}

export function xml(document: string, headers: ResponseHeaders = {}): S3Response {
  return { status: 200, headers: { ...headers, 'content-type': 'application/xml' }, body: document };
}

export function lateXml(document: Promise<string>, headers: ResponseHeaders = {}): S3Response {
  return { status: 200, headers: { ...headers, 'content-type': 'application/xml' }, body: document };
}
