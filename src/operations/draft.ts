import { S3Error } from '../errors/s3-error.ts';
import { checkAclHeaders } from '../s3/acl.ts';
import { defaultStorageClass, readSystemHeaders } from '../s3/object-headers.ts';
import { ownerId } from '../s3/owner.ts';
import { parseTaggingHeader } from '../s3/tagging.ts';
import { readUserMetadata } from '../s3/user-metadata.ts';
import type { ObjectDraft } from '../storage/values.ts';
import type { ObjectContext } from './operation.ts';

/** What the headers of PutObject and CreateMultipartUpload say of the object to be; throws what they get wrong. */
export function readDraft(context: ObjectContext): ObjectDraft {
  const { request } = context;
  checkAcl(context);
  return {
    headers: readSystemHeaders(request),
    metadata: readUserMetadata(request),
    tags: parseTaggingHeader(request.header('x-amz-tagging')),
    storageClass: readStorageClass(context),
  };
}

/** Only the bucket's owner gets as far as to write, so that the caller's id is the owner's. */
export function checkAcl({ request, call }: ObjectContext): void {
  checkAclHeaders(request, ownerId(call.caller.userName), 'AccessControlListNotSupported');
}

/** InvalidStorageClass for one that the store does not have. */
export function readStorageClass({ request, store }: ObjectContext): string {
  const storageClass = request.header('x-amz-storage-class') ?? defaultStorageClass;
  if (store.capabilities.storageClasses.includes(storageClass)) return storageClass;
  throw new S3Error('InvalidStorageClass', { details: { StorageClassRequested: storageClass } });
}
