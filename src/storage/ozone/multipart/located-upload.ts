import { S3Error } from '../../../errors/s3-error.ts';
import type { ObjectRef, StoreCall, UploadInfo, UploadRef } from '../../values.ts';
import type { Internals } from '../internals.ts';
import { toS3Error } from '../om/om-status.ts';
import type { Replication } from '../proto/hdds.ts';
import type { BucketInfo } from '../proto/om.ts';
import { storageClassOf } from '../storage-class.ts';
import { parseUploadId, type UploadId } from './upload-id.ts';

/** How the OM names an upload, whatever the client says. */
export interface LocatedUpload {
  readonly ref: UploadRef;
  readonly id: UploadId;
  readonly bucket: BucketInfo;
  /** For KeyArgs. */
  readonly names: {
    readonly volumeName: string;
    readonly bucketName: string;
    readonly keyName: string;
    readonly multipartUploadID: string;
  };
  /** Who the caller is to the OM: the owner of what it makes. */
  readonly userPrincipal: string;
}

/** Does not look whether the upload is there. NoSuchBucket, AccessDenied, and NoSuchUpload for what is no upload's id. */
export async function locateUpload(internals: Internals, call: StoreCall, ref: UploadRef): Promise<LocatedUpload> {
  const bucket = await internals.buckets.recent(call, ref.bucket);
  const id = parseUploadId(ref.uploadId);
  if (id === undefined) throw noSuchUpload(ref);
  const { volume, userPrincipal } = await internals.om.s3Context(call);
  const names = { volumeName: volume, bucketName: ref.bucket, keyName: ref.key, multipartUploadID: id.omId };
  return { ref, id, bucket, names, userPrincipal };
}

export function noSuchUpload({ uploadId }: Pick<UploadRef, 'uploadId'>): S3Error {
  return new S3Error('NoSuchUpload', { details: { UploadId: uploadId } });
}

/** An object's key that is not there while a part is written means that the upload has ended. */
export function uploadFailure(error: unknown, ref: UploadRef): unknown {
  const failure = toS3Error(error, ref);
  return failure instanceof S3Error && failure.code === 'NoSuchKey' ? noSuchUpload(ref) : failure;
}

export function toUploadInfo(
  { bucket, key }: ObjectRef,
  uploadId: string,
  at: { readonly owner: string; readonly replication: Pick<Replication, 'type' | 'factor'> },
): UploadInfo {
  const id = parseUploadId(uploadId);
  return {
    bucket,
    key,
    uploadId,
    initiatedAt: id?.initiatedAt ?? new Date(0),
    owner: at.owner,
    storageClass: storageClassOf(at.replication),
    ...(id?.checksum !== undefined && { checksum: id.checksum }),
  };
}
