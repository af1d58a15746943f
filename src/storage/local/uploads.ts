import { randomBytes } from 'node:crypto';
import { S3Error } from '../../errors/s3-error.ts';
import { bytesPast } from '../../s3/list-window.ts';
import { maxPartNumber } from '../../s3/part-number.ts';
import type {
  BodySource,
  ObjectDraft,
  ObjectRef,
  PartInfo,
  PartPage,
  PartWindow,
  StoreCall,
  UploadChecksum,
  UploadInfo,
  UploadRef,
} from '../values.ts';
import { requireBucket } from './access.ts';
import { commit, type Internals } from './internals.ts';
import { partKey, partNumberIn, partsPrefix, uploadKey } from './keys.ts';
import { hex, type Locator } from './locator.ts';
import type { Databases } from './metadata.ts';
import { toAttributes, toPartInfo, toUploadInfo, type PartRecord, type UploadRecord } from './records.ts';
import { dropReference } from './references.ts';
import { place, stage, type StagedBody } from './staging.ts';

let uploadCounter = 0;

/** In the order of initiation, then not to be guessed. */
function newUploadId(nowMs: number): string {
  uploadCounter = (uploadCounter + 1) & 0xffff;
  return hex(nowMs, 12) + hex(uploadCounter, 4) + randomBytes(8).toString('hex');
}

export function initiatedAtMs(uploadId: string): number {
  return Number.parseInt(uploadId.slice(0, 12), 16);
}

export interface FoundUpload {
  readonly key: Buffer;
  readonly record: UploadRecord;
  readonly owner: string;
}

/** NoSuchBucket, AccessDenied, NoSuchUpload. */
export function requireUpload(databases: Databases, call: StoreCall, upload: UploadRef): FoundUpload {
  const [, owner] = requireBucket(databases, call, upload.bucket);
  const key = uploadKey(upload);
  const record = key && databases.uploads.get(key);
  if (key === undefined || record === undefined) {
    throw new S3Error('NoSuchUpload', { details: { UploadId: upload.uploadId } });
  }
  return { key, record, owner };
}

export async function createUpload(
  internals: Internals,
  call: StoreCall,
  ref: ObjectRef,
  { draft, checksum }: { readonly draft: ObjectDraft; readonly checksum: UploadChecksum | undefined },
): Promise<UploadInfo> {
  internals.space.admitInline(0);
  const nowMs = Date.now();
  const upload = { ...ref, uploadId: newUploadId(nowMs) };
  const record: UploadRecord = [
    nowMs,
    checksum === undefined ? null : [checksum.algorithm, checksum.type],
    toAttributes(draft),
    0,
  ];
  return await commit(internals, (databases) => {
    const [, owner] = requireBucket(databases, call, ref.bucket);
    databases.uploads.putSync(uploadKey(upload) ?? Buffer.alloc(0), record);
    return toUploadInfo(upload, record, owner);
  });
}

export function headUpload(internals: Internals, call: StoreCall, upload: UploadRef): UploadInfo {
  return internals.metadata.read((databases) => {
    const { record, owner } = requireUpload(databases, call, upload);
    return toUploadInfo(upload, record, owner);
  });
}

export async function putPart(
  internals: Internals,
  call: StoreCall,
  upload: UploadRef,
  { partNumber, body }: { readonly partNumber: number; readonly body: BodySource },
): Promise<PartInfo> {
  internals.metadata.read((databases) => requireUpload(databases, call, upload));
  return await putStagedPart(internals, call, upload, { partNumber, staged: await stage(internals, body) });
}

/** Makes a staged body the part, or discards it. */
export async function putStagedPart(
  internals: Internals,
  call: StoreCall,
  upload: UploadRef,
  { partNumber, staged }: { readonly partNumber: number; readonly staged: StagedBody },
): Promise<PartInfo> {
  const { sizeBytes, md5, checksum } = staged.digests;
  const record: PartRecord = [sizeBytes, md5, Date.now(), staged.locator, checksum.algorithm, checksum.value];
  try {
    const { garbage, info } = await commit(internals, (databases) => {
      const found = requireUpload(databases, call, upload);
      const key = partKey(upload.uploadId, partNumber);
      const existing = databases.parts.get(key);
      place(databases, staged);
      databases.parts.putSync(key, record);
      const [initiated, declared, attributes, revision] = found.record;
      databases.uploads.putSync(found.key, [initiated, declared, attributes, revision + 1]);
      return {
        info: toPartInfo(partNumber, record, found.record),
        garbage: existing === undefined ? '' : dropReference(databases, existing[3]),
      };
    });
    internals.collector.collect(garbage);
    return info;
  } catch (error) {
    await staged.discard().catch(() => undefined);
    throw error;
  }
}

export async function abortUpload(internals: Internals, call: StoreCall, upload: UploadRef): Promise<void> {
  const garbage = await internals.space.release(() =>
    internals.metadata.write((databases) => {
      const { key } = requireUpload(databases, call, upload);
      return discardUpload(databases, key);
    }),
  );
  internals.collector.collect(...garbage);
}

/** Within a write: removes all uploads whose database key begins so. Returns what has become garbage. */
export function discardUploads(databases: Databases, prefix: Buffer): Locator[] {
  const keys = Array.from(databases.uploads.getKeys({ start: prefix, end: bytesPast(prefix) ?? prefix }));
  return keys.flatMap((key) => discardUpload(databases, key));
}

/** Within a write: removes an upload and its parts. */
export function discardUpload(databases: Databases, key: Buffer): Locator[] {
  const parts = partsOfUpload(databases, key.toString('latin1', key.length - 32));
  databases.uploads.removeSync(key);
  return parts.map((part) => {
    databases.parts.removeSync(part.key);
    return dropReference(databases, part.record[3]);
  });
}

export interface FoundPart {
  readonly key: Buffer;
  readonly partNumber: number;
  readonly record: PartRecord;
}

export function partsOfUpload(
  databases: Databases,
  uploadId: string,
  window: PartWindow = { after: 0, limit: Infinity },
): FoundPart[] {
  const found: FoundPart[] = [];
  if (window.limit <= 0 || window.after >= maxPartNumber) return found;
  const prefix = partsPrefix(uploadId);
  const range = { start: partKey(uploadId, window.after + 1), end: bytesPast(prefix) ?? prefix };
  for (const { key, value } of databases.parts.getRange(range)) {
    found.push({ key, partNumber: partNumberIn(key), record: value });
    if (found.length >= window.limit) break;
  }
  return found;
}

export function listParts(internals: Internals, call: StoreCall, upload: UploadRef, window: PartWindow): PartPage {
  return internals.metadata.read((databases) => {
    const { record, owner } = requireUpload(databases, call, upload);
    const found = partsOfUpload(databases, upload.uploadId, { ...window, limit: window.limit + 1 });
    const parts = found.slice(0, window.limit).map((part) => toPartInfo(part.partNumber, part.record, record));
    const last = parts.at(-1);
    const more = found.length > window.limit && last !== undefined;
    return { upload: toUploadInfo(upload, record, owner), parts, ...(more && { next: last.partNumber }) };
  });
}
