import type { StoreCall, UploadChecksum } from '../../values.ts';
import type { Internals } from '../internals.ts';
import { isOmError } from '../om/om-error.ts';
import type { MultipartUploadInfoProto } from '../proto/om.ts';
import { ledgerKey, ledgerPrefix, parseLedgerKey } from './ledger.ts';
import type { LocatedUpload } from './located-upload.ts';

/** Rejects with what the OM says. */
export async function writeLedgerEntry(
  { om }: Internals,
  call: StoreCall,
  { id, names, userPrincipal }: LocatedUpload,
): Promise<void> {
  if (id.checksum === undefined) return;
  const keyName = ledgerKey(names.keyName, { omId: id.omId, checksum: id.checksum });
  if (keyName === undefined) return;
  const { volumeName, bucketName } = names;
  const keyArgs = { volumeName, bucketName, keyName, ownerName: userPrincipal };
  await om.call(call, 'InitiateMultiPartUpload', { keyArgs });
}

/** Once the upload has ended. What is left over harms nobody: the OM ends uploads after 30 days by itself. */
export async function discardLedgerEntry(internals: Internals, call: StoreCall, upload: LocatedUpload): Promise<void> {
  const { id, names } = upload;
  if (id.checksum === undefined) return;
  const { volumeName, bucketName } = names;
  try {
    const entry = await findEntry(internals, call, { volumeName, bucketName, keyName: names.keyName, omId: id.omId });
    if (entry === undefined) return;
    const { keyName, uploadId: multipartUploadID } = entry;
    const keyArgs = { volumeName, bucketName, keyName, multipartUploadID };
    await internals.om.call(call, 'AbortMultiPartUpload', { keyArgs });
  } catch (error) {
    if (isOmError(error, 'NO_SUCH_MULTIPART_UPLOAD_ERROR')) return;
    call.log.debug({ err: error, uploadId: id.omId }, 'the ledger entry of an upload that has ended stays');
  }
}

/** The checksum that an upload was begun with, by its OM's id. */
export async function readLedgerEntry(
  internals: Internals,
  call: StoreCall,
  upload: SoughtUpload,
): Promise<UploadChecksum | undefined> {
  const entry = await findEntry(internals, call, upload);
  return entry && parseLedgerKey(entry.keyName)?.checksum;
}

export interface SoughtUpload {
  readonly volumeName: string;
  readonly bucketName: string;
  readonly keyName: string;
  readonly omId: string;
}

async function findEntry(
  { om }: Internals,
  call: StoreCall,
  { volumeName, bucketName, keyName, omId }: SoughtUpload,
): Promise<MultipartUploadInfoProto | undefined> {
  const prefix = ledgerPrefix(keyName, omId);
  if (prefix === undefined) return undefined;
  const { uploadsList } = await om.call(call, 'ListMultipartUploads', {
    volume: volumeName,
    bucket: bucketName,
    prefix,
    maxUploads: 1,
    withPagination: true,
  });
  return uploadsList[0];
}
