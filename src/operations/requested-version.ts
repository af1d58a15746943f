import { isAbsentVersion, noSuchVersion } from '../s3/version-id.ts';
import type { BucketContext, ObjectContext, ServiceContext } from './operation.ts';

/** NoSuchVersion for a well-formed versionId, once it is known that the bucket is there; no object here has one. */
export async function checkRequestedVersion(context: ServiceContext | BucketContext | ObjectContext): Promise<void> {
  const versionId = context.request.query('versionId');
  if (versionId === undefined || !('ref' in context) || !isAbsentVersion(versionId)) return;
  await context.store.headBucket(context.call, context.bucket);
  throw noSuchVersion(context.ref.key, versionId);
}
