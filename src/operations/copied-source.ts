import { parseCopySource } from '../s3/copy-source.ts';
import { noSuchVersion } from '../s3/version-id.ts';
import type { ObjectRef } from '../storage/values.ts';
import { checkExpectedSourceOwner } from './expected-owner.ts';
import type { ObjectContext } from './operation.ts';

/** The object that x-amz-copy-source names, once its bucket is known to be of the owner that the client expects. */
export async function readCopySource(context: ObjectContext): Promise<ObjectRef> {
  const { store, call, request } = context;
  const { bucket, key, absentVersionId } = parseCopySource(request.header('x-amz-copy-source') ?? '');
  await checkExpectedSourceOwner(context, bucket);
  if (absentVersionId !== undefined) {
    await store.headBucket(call, bucket);
    throw noSuchVersion(key, absentVersionId);
  }
  return { bucket, key };
}
