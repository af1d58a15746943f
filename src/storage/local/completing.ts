import { S3Error } from '../../errors/s3-error.ts';
import { canCombine, combineCrcs } from '../../s3/crc-combine.ts';
import { compositeChecksum, multipartEtag } from '../../s3/multipart-digest.ts';
import { maxObjectBytes } from '../../s3/multipart-limits.ts';
import type { CompleteOptions, NamedPart, PutResult, StoreCall, UploadRef } from '../values.ts';
import { earlierCompletion, rememberCompletion } from './completed-uploads.ts';
import { checkNamedParts, checkWhole } from './completion-checks.ts';
import { commit, type Internals } from './internals.ts';
import { idKey, locatorOf, type Locator } from './locator.ts';
import type { Databases } from './metadata.ts';
import { replaceObject, toPutResult } from './objects.ts';
import type { ChecksumRecord, ObjectRecord, PieceRecord, UploadRecord } from './records.ts';
import { dropReference } from './references.ts';
import { partsOfUpload, requireUpload, type FoundPart } from './uploads.ts';

interface Completion {
  /** Of the upload, in the database. */
  readonly key: Buffer;
  readonly upload: UploadRecord;
  readonly pieces: readonly PieceRecord[];
  readonly used: readonly FoundPart[];
  readonly unused: readonly FoundPart[];
}

/** The parts' bodies become the object's pieces: no byte is copied. What is costly to compute is so before the write. */
export async function completeUpload(
  internals: Internals,
  call: StoreCall,
  upload: UploadRef,
  { parts, options }: { readonly parts: readonly NamedPart[]; readonly options: CompleteOptions },
): Promise<PutResult> {
  for (;;) {
    const completion = internals.metadata.read(
      (databases) => earlierCompletion(databases, call, upload, parts) ?? readParts(databases, call, upload, parts),
    );
    if ('etag' in completion) return completion;
    const record = toObjectRecord(internals, completion, options);
    const garbage = await commit(internals, (databases) => {
      const { key } = completion;
      if (databases.uploads.get(key)?.[3] !== completion.upload[3]) return undefined;
      const replaced = replaceObject(databases, upload, {
        record,
        condition: options.condition,
        prepare: () => databases.manifests.putSync(idKey(record[3].slice(1)), completion.pieces),
      });
      databases.uploads.removeSync(key);
      rememberCompletion(databases, key, record);
      return [replaced, ...removeParts(databases, completion)];
    });
    // Undefined: a part was stored meanwhile, or the upload was completed or aborted.
    if (garbage === undefined) continue;
    internals.collector.collect(...garbage);
    return toPutResult(record);
  }
}

function readParts(databases: Databases, call: StoreCall, upload: UploadRef, named: readonly NamedPart[]): Completion {
  const { key, record } = requireUpload(databases, call, upload);
  const stored = new Map(partsOfUpload(databases, upload.uploadId).map((part) => [part.partNumber, part]));
  const used = checkNamedParts(upload, record, named, stored);
  const names = new Set(named.map(({ partNumber }) => partNumber));
  // Parts that were all sent with one algorithm give the object its checksum, whether it was declared or not.
  const algorithmOfObject = record[1]?.[0] ?? used[0]?.record[4];
  return {
    key,
    upload: record,
    used,
    unused: [...stored.values()].filter((part) => !names.has(part.partNumber)),
    pieces: used.map(({ partNumber, record: [sizeBytes, , , locator, algorithm, checksum] }) => [
      partNumber,
      sizeBytes,
      locator,
      algorithm === algorithmOfObject ? checksum : null,
    ]),
  };
}

function toObjectRecord(internals: Internals, { upload, used }: Completion, options: CompleteOptions): ObjectRecord {
  const sizeBytes = used.reduce((sum, part) => sum + part.record[0], 0);
  if (sizeBytes > maxObjectBytes) {
    const details = { ProposedSize: String(sizeBytes), MaxSizeAllowed: String(maxObjectBytes) };
    throw new S3Error('EntityTooLarge', { details });
  }
  const checksum = wholeChecksum(upload, used);
  checkWhole(upload, options, { sizeBytes, checksum });
  const etag = multipartEtag(used.map((part) => part.record[1]));
  const locator = locatorOf('manifest', internals.ids.next());
  return [sizeBytes, etag, Date.now(), locator, used.length, checksum, upload[2]];
}

/** AWS gives an upload begun without an algorithm a full object CRC64NVME; so it is here where the parts' allow it. */
function wholeChecksum(upload: UploadRecord, used: readonly FoundPart[]): ChecksumRecord | null {
  const [algorithm, type] = upload[1] ?? [used[0]?.record[4] ?? 'CRC64NVME', 'FULL_OBJECT' as const];
  if (used.some(({ record }) => record[4] !== algorithm)) return null;
  if (type === 'COMPOSITE') {
    return [
      algorithm,
      type,
      compositeChecksum(
        algorithm,
        used.map(({ record }) => record[5]),
      ),
    ];
  }
  if (!canCombine(algorithm)) return null;
  const crcs = used.map(({ record }) => ({ value: record[5], sizeBytes: record[0] }));
  return [algorithm, type, combineCrcs(algorithm, crcs)];
}

/** Within a write. The used parts' references pass to the manifest. */
function removeParts(databases: Databases, { used, unused }: Completion): Locator[] {
  for (const { key } of used) databases.parts.removeSync(key);
  return unused.map(({ key, record }) => {
    databases.parts.removeSync(key);
    return dropReference(databases, record[3]);
  });
}
