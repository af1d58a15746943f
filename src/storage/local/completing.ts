import { multipartEtag } from '../../s3/multipart-digest.ts';
import { checkNamedParts, checkWhole, type CompletedUpload, type StoredPart } from '../completion-checks.ts';
import type { CompleteOptions, DatedPutResult, NamedPart, StoreCall, UploadRef } from '../values.ts';
import { earlierCompletion, rememberCompletion } from './completed-uploads.ts';
import { commit, type Internals } from './internals.ts';
import { idKey, locatorOf, type Locator } from './locator.ts';
import type { Databases } from './metadata.ts';
import { replaceObject, toPutResult } from './objects.ts';
import { toChecksumRecord, type ObjectRecord, type PieceRecord, type UploadRecord } from './records.ts';
import { dropReference } from './references.ts';
import { partsOfUpload, requireUpload, type FoundPart } from './uploads.ts';

type CheckedPart = FoundPart & StoredPart;

interface Completion extends CompletedUpload {
  /** Of the upload, in the database. */
  readonly key: Buffer;
  readonly upload: UploadRecord;
  readonly pieces: readonly PieceRecord[];
  readonly used: readonly CheckedPart[];
  readonly unused: readonly FoundPart[];
}

/** The parts' bodies become the object's pieces: no byte is copied. What is costly to compute is so before the write. */
export async function completeUpload(
  internals: Internals,
  call: StoreCall,
  upload: UploadRef,
  { parts, options }: { readonly parts: readonly NamedPart[]; readonly options: CompleteOptions },
): Promise<DatedPutResult> {
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

function readParts(databases: Databases, call: StoreCall, ref: UploadRef, named: readonly NamedPart[]): Completion {
  const { key, record: upload } = requireUpload(databases, call, ref);
  const stored = new Map(partsOfUpload(databases, ref.uploadId).map((part) => [part.partNumber, toStored(part)]));
  const declared = upload[1] === null ? undefined : { algorithm: upload[1][0], type: upload[1][1] };
  const used = checkNamedParts({ ref, declared }, named, stored);
  const names = new Set(named.map(({ partNumber }) => partNumber));
  // Parts that were all sent with one algorithm give the object its checksum, whether it was declared or not.
  const algorithmOfObject = declared?.algorithm ?? used[0]?.record[4];
  return {
    ref,
    declared,
    key,
    upload,
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

function toStored(part: FoundPart): CheckedPart {
  const [sizeBytes, etag, , , algorithm, value] = part.record;
  return { ...part, sizeBytes, etag, checksum: { algorithm, value } };
}

function toObjectRecord(internals: Internals, completion: Completion, options: CompleteOptions): ObjectRecord {
  const { upload, used } = completion;
  const { sizeBytes, checksum } = checkWhole(completion, options, used);
  const etag = multipartEtag(used.map((part) => part.etag));
  const locator = locatorOf('manifest', internals.ids.next());
  const record = checksum === undefined ? null : toChecksumRecord(checksum);
  return [sizeBytes, etag, Date.now(), locator, used.length, record, upload[2]];
}

/** Within a write. The used parts' references pass to the manifest. */
function removeParts(databases: Databases, { used, unused }: Completion): Locator[] {
  for (const { key } of used) databases.parts.removeSync(key);
  return unused.map(({ key, record }) => {
    databases.parts.removeSync(key);
    return dropReference(databases, record[3]);
  });
}
