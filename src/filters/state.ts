import type { IncomingMessage, ServerResponse } from 'node:http';
import type Koa from 'koa';
import type { Verification } from '../auth/verifier.ts';
import type { S3OperationName } from '../operations/catalogue.ts';
import type { S3Request } from '../operations/operation.ts';
import type { RequestTarget, ResourceAddress } from '../s3/address.ts';
import type { Query } from '../s3/query.ts';
import type { BodySource } from '../storage/values.ts';

/** What the filters know of a request so far: a field without `?` is there from the first filter on. */
export interface RequestState {
  requestId: string;
  startedAt: number;
  bytesIn: number;
  bytesOut: number;
  /** Set by the `address` filter. */
  resource?: AddressedRequest;
  /** Set by the `resolve` filter. */
  operationName?: S3OperationName;
  /** Set by the `authenticate` filter. */
  verification?: Verification;
  /** Set by the `body` filter. */
  body?: BodySource;
  /** What the exchange is counted under, where that is not the status on the wire. */
  status?: number;
  /** The S3 error code of the answer. */
  errorCode?: string;
}

export interface AddressedRequest {
  readonly rawHeaders: readonly (readonly [name: string, value: string])[];
  readonly target: RequestTarget;
  readonly query: Query;
  readonly address: ResourceAddress;
  readonly request: S3Request;
}

export type Filter = Koa.Middleware<RequestState>;
export type FilterContext = Parameters<Filter>[0];

export interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

/** A field that an earlier filter has set: its absence is a mistake in the filters' order. */
export function required<T>(value: T | undefined): T {
  if (value === undefined) throw new TypeError('filters are out of order');
  return value;
}
