import type { BodySource, PartInfo, StoreCall, UploadRef } from '../../values.ts';
import { createKey, writeBody } from '../body-writing.ts';
import type { Internals } from '../internals.ts';
import type { OmRequestOf } from '../om/commands.ts';
import { isOmError, OmOutcomeUnknown } from '../om/om-error.ts';
import { locateUpload, uploadFailure, type LocatedUpload } from './located-upload.ts';
import { formatPartEtag } from './part-etag.ts';
import { readPart, toPartInfo } from './parts.ts';

/** Replaces the part of the same number. NoSuchUpload, also for an upload that ends while its part is written. */
export async function putPart(
  internals: Internals,
  call: StoreCall,
  ref: UploadRef,
  { partNumber, body }: { readonly partNumber: number; readonly body: BodySource },
): Promise<PartInfo> {
  const upload = await locateUpload(internals, call, ref);
  const names = { ...upload.names, isMultipartKey: true, multipartNumber: partNumber };
  try {
    const openKey = await createKey(internals, call, { keyArgs: { ...names, ownerName: upload.userPrincipal } });
    const keyLocations = await writeBody(internals, call, openKey, body);
    const { sizeBytes, md5: etag, checksum } = body.digests();
    const omEtag = formatPartEtag({ etag, checksum });
    const keyArgs = { ...names, dataSize: sizeBytes, keyLocations, metadata: [{ key: 'ETag', value: omEtag }] };
    const commit = { keyArgs, clientID: openKey.ID };
    const lastModified = await commitPart(internals, call, upload, { commit, partNumber, omEtag });
    return toPartInfo({ partNumber, sizeBytes, etag, checksum, omEtag, lastModified }, upload.id.checksum);
  } catch (error) {
    throw uploadFailure(error, ref);
  }
}

interface Commit {
  readonly commit: OmRequestOf<'CommitMultiPartUpload'>;
  readonly partNumber: number;
  readonly omEtag: string;
}

/** When the part was stored: the OM says so only in listings. */
async function commitPart(
  internals: Internals,
  call: StoreCall,
  upload: LocatedUpload,
  { commit, partNumber, omEtag }: Commit,
): Promise<Date> {
  let lost: OmOutcomeUnknown | undefined;
  try {
    await internals.om.call(call, 'CommitMultiPartUpload', commit);
  } catch (error) {
    if (!(error instanceof OmOutcomeUnknown)) throw error;
    lost = error;
  }
  const stored = await readPart(internals, call, upload, partNumber).catch((error: unknown) => {
    if (isOmError(error, 'NO_SUCH_MULTIPART_UPLOAD_ERROR')) return undefined;
    throw error;
  });
  if (stored?.omEtag === omEtag) return stored.lastModified;
  if (lost !== undefined) throw lost;
  // It was stored, and something has replaced it or ended the upload since.
  return new Date();
}
