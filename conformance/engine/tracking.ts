import type { OperationName } from '../catalogue.ts';
import { changesBucket } from './given-buckets.ts';
import { isSuccess } from './cause.ts';
import type { Cleanup } from './cleanup.ts';
import type { Exchange } from './exchange.ts';
import type { RawAddress } from './raw-address.ts';
import type { Target } from './target.ts';

interface Names {
  readonly Bucket?: string;
  readonly Key?: string;
  readonly UploadId?: string;
}

const writesObject = new Set<OperationName>(['PutObject', 'CopyObject', 'CompleteMultipartUpload', 'RenameObject']);

/** Remembers what a command may make: the names before it is sent, and the upload id once it is known. */
export function trackCommand(
  cleanup: Cleanup,
  operation: OperationName,
  input: Names,
  output: Names | undefined,
): void {
  const { Bucket: bucket, Key: key } = input;
  if (bucket === undefined) return;
  if (changesBucket(operation)) cleanup.changed(bucket);
  if (key !== undefined && writesObject.has(operation)) cleanup.object(bucket, key);
  if (key !== undefined && output?.UploadId !== undefined) cleanup.upload(bucket, key, output.UploadId);
}

/** A raw PUT or POST below one of this run's buckets may make an object; any change of the bucket as such is noted. */
export function trackRaw(cleanup: Cleanup, target: Target, method: string, { bucket, key }: RawAddress): void {
  if (!['PUT', 'POST', 'DELETE'].includes(method)) return;
  if (!target.supply.isGiven(bucket) && !target.ownsBucketName(bucket)) return;
  if (method !== 'DELETE') cleanup.bucket(bucket);
  if (key === '') cleanup.changed(bucket);
  else if (method !== 'DELETE') cleanup.object(bucket, decoded(key) ?? key);
}

/** An upload that a raw request has begun. */
export function trackRawAnswer(cleanup: Cleanup, { bucket, key }: RawAddress, exchange: Exchange<unknown>): void {
  if (exchange.request.method !== 'POST' || !isSuccess(exchange)) return;
  const uploadId = /<UploadId>([^<]+)<\/UploadId>/.exec(exchange.response?.body.toString('utf8') ?? '')?.[1];
  if (uploadId !== undefined) cleanup.upload(bucket, decoded(key) ?? key, uploadId);
}

/** Undefined for a key that is broken on purpose; what it made is found by listing. */
function decoded(key: string): string | undefined {
  try {
    return decodeURIComponent(key);
  } catch {
    return undefined;
  }
}
