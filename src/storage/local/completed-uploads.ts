import { bytesPast } from '../../s3/list-window.ts';
import { multipartEtag } from '../../s3/multipart-digest.ts';
import type { DatedPutResult, NamedPart, StoreCall, UploadRef } from '../values.ts';
import { requireBucket } from './access.ts';
import type { Internals } from './internals.ts';
import { uploadKey } from './keys.ts';
import type { Databases } from './metadata.ts';
import { toChecksum, type ObjectRecord } from './records.ts';

/** Within a write: what the upload came to, for a client that asks again because the answer was lost on its way. */
export function rememberCompletion(databases: Databases, key: Buffer, record: ObjectRecord): void {
  const [sizeBytes, etag, completedAtMs, , , checksum] = record;
  databases.completions.putSync(key, [completedAtMs, sizeBytes, etag, checksum]);
}

/**
 * What an upload was completed to; undefined for one that was not, or not from parts with these ETags. S3 answers a
 * repeated completion so; its condition is not looked at again, for nothing is written.
 */
export function earlierCompletion(
  databases: Databases,
  call: StoreCall,
  upload: UploadRef,
  parts: readonly NamedPart[],
): DatedPutResult | undefined {
  requireBucket(databases, call, upload.bucket);
  const key = uploadKey(upload);
  const record = key && databases.completions.get(key);
  if (record === undefined) return undefined;
  const [completedAtMs, sizeBytes, etag, checksum] = record;
  if (multipartEtag(parts.map((part) => part.etag)) !== etag) return undefined;
  const result = { etag, sizeBytes, lastModified: new Date(completedAtMs) };
  return checksum === null ? result : { ...result, checksum: toChecksum(checksum) };
}

/** Within a write: forgets those of a bucket that is removed. */
export function forgetCompletions({ completions }: Databases, prefix: Buffer): void {
  const keys = Array.from(completions.getKeys({ start: prefix, end: bytesPast(prefix) ?? prefix }));
  for (const key of keys) completions.removeSync(key);
}

export async function forgetOldCompletions({ metadata }: Internals, maxAgeMs: number): Promise<void> {
  const beforeMs = Date.now() - maxAgeMs;
  const old = metadata.read(({ completions }) =>
    Array.from(completions.getRange({}))
      .filter(({ value }) => value[0] < beforeMs)
      .map(({ key }) => key),
  );
  if (old.length === 0) return;
  await metadata.write(({ completions }) => {
    for (const key of old) completions.removeSync(key);
  });
}
