import { maxPartNumber } from '../../../s3/part-number.ts';
import type { StoredPart } from '../../completion-checks.ts';
import type { PartInfo, PartPage, PartWindow, StoreCall, UploadChecksum, UploadRef } from '../../values.ts';
import type { Internals } from '../internals.ts';
import type { OmAnswerOf } from '../om/commands.ts';
import type { PartInfoProto } from '../proto/om.ts';
import { locateUpload, toUploadInfo, uploadFailure, type LocatedUpload } from './located-upload.ts';
import { parsePartEtag } from './part-etag.ts';
import { headUpload } from './uploads.ts';

/** What the OM lists at once. */
const maxListed = 1000;

export async function listParts(
  internals: Internals,
  call: StoreCall,
  ref: UploadRef,
  window: PartWindow,
): Promise<PartPage> {
  if (window.limit < 1) return { upload: await headUpload(internals, call, ref), parts: [] };
  const upload = await locateUpload(internals, call, ref);
  try {
    const answer = await readParts(internals, call, upload, window);
    const next = answer.isTruncated ? answer.partsList.at(-1)?.partNumber : undefined;
    return {
      upload: toUploadInfo(ref, ref.uploadId, { owner: upload.bucket.owner, replication: answer }),
      parts: answer.partsList.map((part) => toPartInfo(toOmPart(part), upload.id.checksum)),
      ...(next !== undefined && { next }),
    };
  } catch (error) {
    throw uploadFailure(error, ref);
  }
}

/** A part as the OM has it. */
export interface OmPart extends StoredPart {
  readonly partNumber: number;
  /** What CompleteMultiPartUpload has to name it by. */
  readonly omEtag: string;
  readonly lastModified: Date;
}

/** All of them, by number. Rejects with what the OM says. */
export async function readAllParts(
  internals: Internals,
  call: StoreCall,
  upload: LocatedUpload,
): Promise<ReadonlyMap<number, OmPart>> {
  const parts = new Map<number, OmPart>();
  for (let after = 0, more = true; more;) {
    const { partsList, isTruncated } = await readParts(internals, call, upload, { after, limit: maxListed });
    for (const part of partsList) parts.set(part.partNumber, toOmPart(part));
    after = partsList.at(-1)?.partNumber ?? maxPartNumber;
    more = isTruncated && after < maxPartNumber;
  }
  return parts;
}

/** Undefined for one that is not there. Rejects with what the OM says. */
export async function readPart(
  internals: Internals,
  call: StoreCall,
  upload: LocatedUpload,
  partNumber: number,
): Promise<OmPart | undefined> {
  const { partsList } = await readParts(internals, call, upload, { after: partNumber - 1, limit: 1 });
  const found = partsList.find((part) => part.partNumber === partNumber);
  return found && toOmPart(found);
}

async function readParts(
  { om }: Internals,
  call: StoreCall,
  { names }: LocatedUpload,
  { after, limit }: PartWindow,
): Promise<OmAnswerOf<'ListMultiPartUploadParts'>> {
  return await om.call(call, 'ListMultiPartUploadParts', {
    volume: names.volumeName,
    bucket: names.bucketName,
    key: names.keyName,
    uploadID: names.multipartUploadID,
    partNumberMarker: Math.min(after, maxPartNumber),
    maxParts: Math.min(limit, maxListed),
  });
}

export function toPartInfo(part: OmPart, declared: UploadChecksum | undefined): PartInfo {
  const { partNumber, sizeBytes, etag, lastModified, checksum } = part;
  const isShown = checksum !== undefined && checksum.algorithm === declared?.algorithm;
  return {
    partNumber,
    sizeBytes,
    etag,
    lastModified,
    ...(isShown && { checksum: { ...checksum, type: 'FULL_OBJECT' as const } }),
  };
}

/** A part of a client older than ETags has its name instead, as in Ozone's own gateway. */
function toOmPart({ partNumber, size, eTag, partName, modificationTime }: PartInfoProto): OmPart {
  const omEtag = eTag === '' ? partName : eTag;
  const lastModified = new Date(modificationTime.toNumber());
  return { ...parsePartEtag(omEtag), partNumber, sizeBytes: size.toNumber(), omEtag, lastModified };
}
