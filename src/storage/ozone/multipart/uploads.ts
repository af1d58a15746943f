import { S3Error } from '../../../errors/s3-error.ts';
import type { ObjectDraft, ObjectRef, StoreCall, UploadChecksum, UploadInfo, UploadRef } from '../../values.ts';
import { checkWritable, isFileSystem } from '../bucket-infos.ts';
import type { Internals } from '../internals.ts';
import { draftEntries } from '../key-metadata.ts';
import { checkStorable, isPathName } from '../key-names.ts';
import { isOmError, OmOutcomeUnknown } from '../om/om-error.ts';
import { toS3Error } from '../om/om-status.ts';
import { replicationOf } from '../replication.ts';
import { discardLedgerEntry, writeLedgerEntry } from './ledger-entries.ts';
import { locateUpload, toUploadInfo, uploadFailure, type LocatedUpload } from './located-upload.ts';
import { formatUploadId } from './upload-id.ts';

const maxFolders = 255;

export async function createUpload(
  internals: Internals,
  call: StoreCall,
  ref: ObjectRef,
  { draft, checksum }: { readonly draft: ObjectDraft; readonly checksum: UploadChecksum | undefined },
): Promise<UploadInfo> {
  checkStorable(ref.key);
  const replication = replicationOf(draft.storageClass, internals.settings);
  const bucket = await internals.buckets.recent(call, ref.bucket);
  checkWritable(bucket, replication !== undefined);
  checkDepth(ref.key);
  if (isFileSystem(bucket)) checkPath(ref.key);
  try {
    const { volume, userPrincipal } = await internals.om.s3Context(call);
    const { multipartUploadID } = await internals.om.call(call, 'InitiateMultiPartUpload', {
      keyArgs: {
        volumeName: volume,
        bucketName: ref.bucket,
        keyName: ref.key,
        ownerName: userPrincipal,
        metadata: draftEntries(draft),
        tags: draft.tags,
        ...replication,
      },
    });
    const uploadId = formatUploadId(multipartUploadID, checksum);
    const upload = await locateUpload(internals, call, { ...ref, uploadId });
    return await begin(internals, call, upload);
  } catch (error) {
    throw toS3Error(error, ref);
  }
}

/** The OM refuses to complete what it takes to be in more folders, in whatever bucket: better before the first part. */
function checkDepth(key: string): void {
  if (key.split('/').filter((name) => name !== '').length - 1 <= maxFolders) return;
  const message = `Ozone does not complete multipart uploads of keys in more than ${maxFolders} folders.`;
  throw new S3Error('NotImplemented', { message });
}

/** The OM would begin an upload of another name, which may be that of another object. */
function checkPath(key: string): void {
  if (key.split('/').every(isPathName)) return;
  throw new S3Error('InvalidArgument', {
    message: 'The bucket is a file system: the key of an upload is a path without empty parts, "." and "..".',
  });
}

/** What the OM has begun: with the entry of the ledger, or not at all. */
async function begin(internals: Internals, call: StoreCall, upload: LocatedUpload): Promise<UploadInfo> {
  try {
    const [info] = await Promise.all([describe(internals, call, upload), writeLedgerEntry(internals, call, upload)]);
    return info;
  } catch (error) {
    await internals.om.call(call, 'AbortMultiPartUpload', { keyArgs: upload.names }).catch(() => undefined);
    throw error;
  }
}

export async function headUpload(internals: Internals, call: StoreCall, ref: UploadRef): Promise<UploadInfo> {
  const upload = await locateUpload(internals, call, ref);
  try {
    return await describe(internals, call, upload);
  } catch (error) {
    throw uploadFailure(error, ref);
  }
}

async function describe({ om }: Internals, call: StoreCall, upload: LocatedUpload): Promise<UploadInfo> {
  const { ref, bucket, names } = upload;
  const replication = await om.call(call, 'ListMultiPartUploadParts', {
    volume: names.volumeName,
    bucket: names.bucketName,
    key: names.keyName,
    uploadID: names.multipartUploadID,
    maxParts: 1,
  });
  return toUploadInfo(ref, ref.uploadId, { owner: bucket.owner, replication });
}

export async function abortUpload(internals: Internals, call: StoreCall, ref: UploadRef): Promise<void> {
  const upload = await locateUpload(internals, call, ref);
  try {
    await abort(internals, call, upload);
  } catch (error) {
    throw uploadFailure(error, ref);
  }
  await discardLedgerEntry(internals, call, upload);
}

/** An abort whose answer was lost is sent again: whether it is the first or the second that ends the upload is the same. */
async function abort({ om }: Internals, call: StoreCall, { names }: LocatedUpload): Promise<void> {
  try {
    await om.call(call, 'AbortMultiPartUpload', { keyArgs: names });
  } catch (error) {
    if (!(error instanceof OmOutcomeUnknown)) throw error;
    await om.call(call, 'AbortMultiPartUpload', { keyArgs: names }).catch((again: unknown) => {
      if (!isOmError(again, 'NO_SUCH_MULTIPART_UPLOAD_ERROR')) throw again;
    });
  }
}
