import type { OperationName } from '../catalogue.ts';
import { changesBucket } from './given-buckets.ts';
import type { Cleanup } from './cleanup.ts';
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

/** A raw PUT or POST below one of this run's buckets may make an object. */
export function trackRaw(cleanup: Cleanup, target: Target, method: string, path: string): void {
  if (!['PUT', 'POST', 'DELETE'].includes(method)) return;
  const match = /^\/([^/]+)\/?(.*)$/s.exec(path);
  const bucket = match?.[1] ?? '';
  const isGiven = target.supply.isGiven(bucket);
  if (!isGiven && !target.ownsBucketName(bucket)) return;
  const key = match?.[2] ?? '';
  if (method === 'DELETE') {
    if (key === '') cleanup.changed(bucket);
    return;
  }
  cleanup.bucket(bucket);
  if (key === '') {
    cleanup.changed(bucket);
    return;
  }
  try {
    cleanup.object(bucket, decodeURIComponent(key));
  } catch {
    // A path that is broken on purpose names no object; what it made is found by listing.
  }
}
