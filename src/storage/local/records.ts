import type { Checksum, ChecksumAlgorithm, ChecksumType } from '../../s3/checksum.ts';
import type { Tag } from '../../s3/object-attributes.ts';
import type { ListedObject, ObjectDraft, ObjectInfo, ObjectPart, PartInfo, UploadInfo, UploadRef } from '../values.ts';
import type { Locator } from './locator.ts';

/** The values of the databases: arrays by position, which pack smaller and decode faster than objects. */
export type BucketRecord = readonly [createdAtMs: number, owner: string, tags: Pairs | null];

/** Names and values in turn: unlike a map's, such a name may be `__proto__`. */
export type Pairs = readonly string[];

export type AttributesRecord = readonly [headers: Pairs, metadata: Pairs, tags: Pairs, storageClass: string];

export type ChecksumRecord = readonly [algorithm: ChecksumAlgorithm, type: ChecksumType, value: string];

export type ObjectRecord = readonly [
  sizeBytes: number,
  etag: string,
  lastModifiedMs: number,
  locator: Locator,
  /** 0 for an object stored in one piece. */
  partsCount: number,
  checksum: ChecksumRecord | null,
  attributes: AttributesRecord,
];

export type UploadRecord = readonly [
  initiatedAtMs: number,
  checksum: readonly [algorithm: ChecksumAlgorithm, type: ChecksumType] | null,
  attributes: AttributesRecord,
  /** One more with every part stored: tells a completion that parts changed while it computed. */
  revision: number,
];

export type PartRecord = readonly [
  sizeBytes: number,
  md5: string,
  lastModifiedMs: number,
  locator: Locator,
  algorithm: ChecksumAlgorithm,
  checksum: string,
];

/** What an upload was completed to. */
export type CompletionRecord = readonly [
  completedAtMs: number,
  sizeBytes: number,
  etag: string,
  checksum: ChecksumRecord | null,
];

/** A part of a completed object. */
export type PieceRecord = readonly [partNumber: number, sizeBytes: number, locator: Locator, checksum: string | null];

export function toPairs(record: object): Pairs {
  return Object.entries(record as Record<string, string>).flat();
}

export function fromPairs(pairs: Pairs): Record<string, string> {
  const entries: [string, string][] = [];
  for (let index = 0; index + 1 < pairs.length; index += 2) entries.push([pairs[index] ?? '', pairs[index + 1] ?? '']);
  return Object.fromEntries(entries);
}

export function tagPairs(tags: readonly Tag[]): Pairs {
  return tags.flatMap(({ key, value }) => [key, value]);
}

export function tagsIn(pairs: Pairs): Tag[] {
  const tags: Tag[] = [];
  for (let index = 0; index + 1 < pairs.length; index += 2) {
    tags.push({ key: pairs[index] ?? '', value: pairs[index + 1] ?? '' });
  }
  return tags;
}

export function toAttributes(draft: ObjectDraft): AttributesRecord {
  return [toPairs(draft.headers), toPairs(draft.metadata), tagPairs(draft.tags), draft.storageClass];
}

export function toDraft([headers, metadata, tags, storageClass]: AttributesRecord): ObjectDraft {
  return { headers: fromPairs(headers), metadata: fromPairs(metadata), tags: tagsIn(tags), storageClass };
}

export function toChecksumRecord({ algorithm, type, value }: Checksum): ChecksumRecord {
  return [algorithm, type, value];
}

export function toChecksum([algorithm, type, value]: ChecksumRecord): Checksum {
  return { algorithm, type, value };
}

export function toObjectInfo(
  key: string,
  record: ObjectRecord,
  owner: string,
  parts?: readonly ObjectPart[],
): ObjectInfo {
  const [sizeBytes, etag, lastModifiedMs, , partsCount, checksum, attributes] = record;
  return {
    ...toDraft(attributes),
    key,
    sizeBytes,
    etag,
    lastModified: new Date(lastModifiedMs),
    owner,
    ...(checksum !== null && { checksum: toChecksum(checksum) }),
    ...(partsCount > 0 && { partsCount }),
    ...(parts !== undefined && { parts }),
  };
}

/** One literal each: spreading costs more than all else of a listing. */
export function toListedObject(key: string, record: ObjectRecord, owner: string): ListedObject {
  const [sizeBytes, etag, lastModifiedMs, , , checksum, attributes] = record;
  const lastModified = new Date(lastModifiedMs);
  const storageClass = attributes[3];
  if (checksum === null) return { key, sizeBytes, etag, lastModified, storageClass, owner };
  const [checksumAlgorithm, checksumType] = checksum;
  return { key, sizeBytes, etag, lastModified, storageClass, owner, checksumAlgorithm, checksumType };
}

export function toUploadInfo(upload: UploadRef, record: UploadRecord, owner: string): UploadInfo {
  const [initiatedAtMs, checksum, attributes] = record;
  return {
    bucket: upload.bucket,
    key: upload.key,
    uploadId: upload.uploadId,
    initiatedAt: new Date(initiatedAtMs),
    owner,
    storageClass: attributes[3],
    ...(checksum !== null && { checksum: { algorithm: checksum[0], type: checksum[1] } }),
  };
}

/** The checksum is shown where the upload was begun with one. */
export function toPartInfo(partNumber: number, record: PartRecord, upload: UploadRecord): PartInfo {
  const [sizeBytes, etag, lastModifiedMs, , algorithm, value] = record;
  return {
    partNumber,
    sizeBytes,
    etag,
    lastModified: new Date(lastModifiedMs),
    ...(upload[1]?.[0] === algorithm && { checksum: { algorithm, type: 'FULL_OBJECT' as const, value } }),
  };
}
