import { S3Error } from '../errors/s3-error.ts';
import type { ObjectStore } from '../storage/port.ts';

/** NotImplemented on a store that cannot keep them. */
export function requireBucketTags(store: ObjectStore): void {
  if (store.capabilities.bucketTags) return;
  throw new S3Error('NotImplemented', { message: 'This store does not keep tags of buckets.' });
}
