import { S3Error } from '../../errors/s3-error.ts';
import type { ObjectRef, StoreCall } from '../values.ts';
import { bucketKey, objectKey } from './keys.ts';
import type { Databases } from './metadata.ts';
import type { BucketRecord, ObjectRecord } from './records.ts';

/** The bucket, for its owner: NoSuchBucket, AccessDenied. */
export function requireBucket(databases: Databases, call: StoreCall, bucket: string): BucketRecord {
  const record = databases.buckets.get(bucketKey(bucket));
  if (record === undefined) throw new S3Error('NoSuchBucket', { details: { BucketName: bucket } });
  if (record[1] !== call.caller.userName) throw new S3Error('AccessDenied');
  return record;
}

/** An object and its bucket's owner: NoSuchBucket, AccessDenied, NoSuchKey. */
export function requireObject(
  databases: Databases,
  call: StoreCall,
  ref: ObjectRef,
): { readonly record: ObjectRecord; readonly owner: string } {
  const [, owner] = requireBucket(databases, call, ref.bucket);
  const record = databases.objects.get(objectKey(ref));
  if (record === undefined) throw new S3Error('NoSuchKey', { details: { Key: ref.key } });
  return { record, owner };
}
