import { createHash } from 'node:crypto';
import { S3Error } from '../../errors/s3-error.ts';
import { bareEtag } from '../../s3/etag.ts';
import type { ListedObject, ObjectInfo, ObjectPart, ReadOptions } from '../values.ts';
import { isGdpr, readKeyMetadata } from './key-metadata.ts';
import { findRecord } from './multipart/completion-record.ts';
import { replicationType } from './proto/hdds.ts';
import type { BasicKeyInfo, KeyInfo, KeyLocation } from './proto/om.ts';
import { storageClassOf } from './storage-class.ts';

const emptyMd5 = createHash('md5').digest('hex');

/**
 * Whether what the OM found is what S3 calls `key`. In a bucket that is a file system, the OM finds a directory without
 * the slash that its key ends in, a file with one that its key does not have, and anything by a path that leads there;
 * in others, a key of white space by other white space.
 */
export function isNamed(key: string, { keyName }: Pick<KeyInfo, 'keyName'>): boolean {
  return keyName === key;
}

/** Of a key as GetKeyInfo answers it, with or without `headOp`; `latestVersionLocation` has to be set for parts. */
export function toObjectInfo(key: string, info: KeyInfo, { withParts = false }: ReadOptions = {}): ObjectInfo {
  const { etag, headers, metadata, checksum: own } = readKeyMetadata(info.metadata);
  const record = etag === undefined ? undefined : findRecord(info.acls, etag);
  const checksum = own ?? record?.checksum;
  const parts = withChecksums(partsOf(info), record?.partChecksums ?? []);
  const partsCount = partsCountOf(info, etag, parts);
  return {
    key,
    headers,
    metadata,
    tags: info.tags.map(({ key: name, value }) => ({ key: name, value })),
    storageClass: storageClassOf(info),
    sizeBytes: info.dataSize.toNumber(),
    etag: etagOf(info, etag),
    lastModified: new Date(info.modificationTime.toNumber()),
    owner: info.ownerName,
    ...(checksum !== undefined && { checksum }),
    ...(partsCount !== undefined && { partsCount }),
    ...(withParts && partsCount !== undefined && { parts }),
  };
}

/** `name` is the key's name in S3: that of a directory ends in a slash. */
export function toListedObject(name: string, info: BasicKeyInfo): ListedObject {
  return {
    key: name,
    sizeBytes: info.dataSize.toNumber(),
    etag: etagOf(info, info.eTag),
    lastModified: new Date(info.modificationTime.toNumber()),
    storageClass: storageClassOf(info),
    owner: info.ownerName,
  };
}

/** Throws NotImplemented for a key whose bytes this gateway cannot give as they were written. */
export function checkReadable(info: KeyInfo): void {
  const isEncrypted = info.fileEncryptionInfo !== null || info.keyLocationList.some((list) => list.fileEncryptionInfo);
  if (isEncrypted) throw unreadable('is encrypted');
  if (isGdpr(info.metadata)) throw unreadable('was encrypted for GDPR by the client that wrote it');
  if (info.type === replicationType.ec) throw unreadable('is erasure coded');
}

function unreadable(why: string): S3Error {
  return new S3Error('NotImplemented', { message: `The object ${why}, which this gateway does not read yet.` });
}

/** The ETag that clients are shown of a key. */
export function shownEtag(info: KeyInfo): string {
  return etagOf(info, readKeyMetadata(info.metadata).etag);
}

type Stored = Pick<KeyInfo, 'creationTime' | 'modificationTime' | 'dataSize'>;

/**
 * Without one of a gateway, the MD5 of nothing for what is empty; else one that stays until the key is written again,
 * and that nobody takes for the MD5 of the content: it is written like that of a multipart object.
 */
function etagOf({ creationTime, modificationTime, dataSize }: Stored, etag: string | undefined): string {
  if (etag !== undefined && etag !== '') return bareEtag(etag);
  if (dataSize.isZero()) return emptyMd5;
  const written = [creationTime, modificationTime, dataSize].join(' ');
  return `${createHash('md5').update(written).digest('hex')}-1`;
}

/** By part number. A part without bytes has no block, and so is not seen. */
function partsOf(info: KeyInfo): ObjectPart[] {
  const sizes = new Map<number, number>();
  for (const { partNumber, length } of latestLocations(info)) {
    if (partNumber > 0) sizes.set(partNumber, (sizes.get(partNumber) ?? 0) + length.toNumber());
  }
  return [...sizes].sort(([a], [b]) => a - b).map(([partNumber, sizeBytes]) => ({ partNumber, sizeBytes }));
}

/** All or none: only together they are known to be those of these parts. */
function withChecksums(parts: readonly ObjectPart[], checksums: readonly string[]): readonly ObjectPart[] {
  if (checksums.length !== parts.length) return parts;
  return parts.map((part, index) => ({ ...part, checksum: checksums[index] ?? '' }));
}

export function latestLocations({ keyLocationList }: KeyInfo): readonly KeyLocation[] {
  const [latest] = [...keyLocationList].sort((a, b) => b.version.compare(a.version));
  return latest?.keyLocations ?? [];
}

function partsCountOf(info: KeyInfo, etag: string | undefined, parts: readonly ObjectPart[]): number | undefined {
  if (parts.length > 0) return parts.length;
  const said = /-(\d+)$/.exec(etag ?? '')?.[1];
  return said !== undefined && info.keyLocationList.some((list) => list.isMultipartKey) ? Number(said) : undefined;
}
