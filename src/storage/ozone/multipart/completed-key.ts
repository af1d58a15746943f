import { setTimeout as sleep } from 'node:timers/promises';
import { multipartEtag } from '../../../s3/multipart-digest.ts';
import type { NamedPart, PutResult, StoreCall } from '../../values.ts';
import type { Internals } from '../internals.ts';
import { readKeyMetadata } from '../key-metadata.ts';
import { isOmError } from '../om/om-error.ts';
import type { KeyInfo } from '../proto/om.ts';
import { findRecord, findRecordOfUpload, recordsAmong, toAcl, type CompletionRecord } from './completion-record.ts';
import type { LocatedUpload } from './located-upload.ts';

/** A key as an upload was completed to it: its true names, and the ETag that the OM gave it. */
export interface CompletedKey {
  readonly volume: string;
  readonly bucket: string;
  readonly key: string;
  readonly etag: string;
}

/** hadoop.ozone.OzoneObj.ObjectType.KEY and StoreType.OZONE. */
const keyOfOzone = { resType: 3, storeType: 1 } as const;
/** Another gateway that has just completed the upload may yet have to write the record. */
const recordDelaysMs = [50, 100, 200, 400, 800, 1600];
const recentMs = 30_000;

/** What is at the key of an upload now. Undefined: no object. Rejects with what the OM says. */
export async function findKey(
  { om }: Internals,
  call: StoreCall,
  { names: { volumeName, bucketName, keyName } }: LocatedUpload,
): Promise<KeyInfo | undefined> {
  try {
    const keyArgs = { volumeName, bucketName, keyName, headOp: true };
    const { keyInfo } = await om.call(call, 'GetKeyInfo', { keyArgs });
    return keyInfo.isFile ? keyInfo : undefined;
  } catch (error) {
    if (isOmError(error, 'KEY_NOT_FOUND', 'FILE_NOT_FOUND', 'DIRECTORY_NOT_FOUND')) return undefined;
    throw error;
  }
}

export function etagOfKey(key: KeyInfo | undefined): string | undefined {
  return key && readKeyMetadata(key.metadata).etag;
}

/** The OM reads the path of an ACL past the slashes before each name: it would take the key of another object. */
function canHaveRecord(key: string): boolean {
  return !key.startsWith('/');
}

/**
 * Replaces what is remembered of earlier completions of the key. An object is as good without it, but for its checksum
 * and for completions that are asked for again: so failing at it fails nothing.
 */
export async function remember(
  { om }: Internals,
  call: StoreCall,
  { volume, bucket, key }: CompletedKey,
  { record, before }: { readonly record: CompletionRecord; readonly before: KeyInfo | undefined },
): Promise<void> {
  const fields = { bucket, key, etag: record.etag };
  if (!canHaveRecord(key)) {
    call.log.debug(fields, 'the checksum of an upload is not kept: its key begins with a slash');
    return;
  }
  const obj = { ...keyOfOzone, path: `/${volume}/${bucket}/${key}` };
  try {
    for (const acl of recordsAmong(before?.acls ?? [])) await om.call(call, 'RemoveAcl', { obj, acl });
    await om.call(call, 'AddAcl', { obj, acl: toAcl(record) });
  } catch (error) {
    call.log.debug({ ...fields, err: error }, 'the checksum of an upload is not kept: the OM refused it');
  }
}

/**
 * What an upload that is no more was completed to, for a client that asks again because the answer was lost on its
 * way. Undefined for an upload that was not completed, or not from these parts, and where nothing is remembered: the
 * object was deleted since, or made by another upload.
 */
export async function earlierCompletion(
  internals: Internals,
  call: StoreCall,
  upload: LocatedUpload,
  parts: readonly NamedPart[],
): Promise<PutResult | undefined> {
  const namedParts = multipartEtag(parts.map(({ etag }) => etag));
  for (const delayMs of [...recordDelaysMs, undefined]) {
    const key = await findKey(internals, call, upload);
    if (key === undefined) return undefined;
    const record = findRecordOfUpload(key.acls, upload.id.omId);
    if (record !== undefined) return record.namedParts === namedParts ? toPutResult(record) : undefined;
    if (delayMs === undefined || !mayLackRecord(key)) return undefined;
    await sleep(delayMs, undefined, { signal: call.signal });
  }
  return undefined;
}

/** Whether an upload was completed to it just now, maybe by another gateway, which has yet to write the record. */
function mayLackRecord(key: KeyInfo): boolean {
  const etag = etagOfKey(key);
  const isRecent = Math.abs(Date.now() - key.modificationTime.toNumber()) < recentMs;
  return (
    isRecent &&
    canHaveRecord(key.keyName) &&
    etag !== undefined &&
    etag.includes('-') &&
    findRecord(key.acls, etag) === undefined
  );
}

export function toPutResult({ etag, sizeBytes, checksum }: Omit<CompletionRecord, 'partChecksums'>): PutResult {
  return { etag, sizeBytes, ...(checksum !== undefined && { checksum }) };
}
