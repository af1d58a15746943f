import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { S3Error } from '../../../errors/s3-error.ts';
import { multipartEtag } from '../../../s3/multipart-digest.ts';
import { checkNamedParts, checkWhole, type Whole } from '../../completion-checks.ts';
import type { CompleteOptions, NamedPart, PutResult, StoreCall, UploadRef, WriteCondition } from '../../values.ts';
import type { Internals } from '../internals.ts';
import { shownEtag } from '../key-info.ts';
import { isOmError, OmOutcomeUnknown } from '../om/om-error.ts';
import { toS3Error } from '../om/om-status.ts';
import type { KeyInfo } from '../proto/om.ts';
import { earlierCompletion, etagOfKey, findKey, remember, toPutResult, type CompletedKey } from './completed-key.ts';
import { discardLedgerEntry } from './ledger-entries.ts';
import { locateUpload, noSuchUpload, type LocatedUpload } from './located-upload.ts';
import { readAllParts, type OmPart } from './parts.ts';

/** Parts may be replaced, or the key be written, between the look at them and the completion. */
const maxAttempts = 5;
const lostAnswerDelayMs = 500;
/** What is begun is brought to its end, whether or not the client waits for it. */
const completionTimeoutMs = 60_000;

interface Completion {
  readonly parts: readonly NamedPart[];
  readonly options: CompleteOptions;
}

/** What an upload comes to. */
interface Outcome {
  readonly used: readonly OmPart[];
  readonly whole: Whole;
  /** What the OM makes the ETag, out of all parts that there are. */
  readonly etag: string;
}

/** The OM joins the parts' blocks: no byte is copied. Parts that were not named go. */
export async function completeUpload(
  internals: Internals,
  call: StoreCall,
  ref: UploadRef,
  completion: Completion,
): Promise<PutResult> {
  const upload = await locateUpload(internals, call, ref);
  try {
    return await complete(internals, call, upload, completion);
  } catch (error) {
    throw toS3Error(error, { ...ref, condition: completion.options.condition });
  }
}

async function complete(
  internals: Internals,
  call: StoreCall,
  upload: LocatedUpload,
  completion: Completion,
): Promise<PutResult> {
  /** Of a completion whose answer was lost. */
  let lost: Outcome | undefined;
  for (let attempt = 1; ; attempt++) {
    const [stored, before] = await Promise.all([findParts(internals, call, upload), findKey(internals, call, upload)]);
    const lasting = { ...call, signal: AbortSignal.timeout(completionTimeoutMs) };
    if (stored === undefined) {
      if (lost !== undefined && before !== undefined && etagOfKey(before) === lost.etag) {
        return await finish(internals, lasting, upload, {
          ...lost,
          completed: completedKey(before, lost.etag),
          before,
        });
      }
      return await repeated(internals, call, upload, completion.parts);
    }
    const outcome = foresee(upload, completion, stored);
    try {
      const completed = await submit(internals, lasting, upload, { ...outcome, ...completion.options, before });
      return await finish(internals, lasting, upload, { ...outcome, completed, before });
    } catch (error) {
      if (attempt === maxAttempts || !isPassing(error, completion.options.condition, before)) throw error;
      if (error instanceof OmOutcomeUnknown) {
        lost = outcome;
        await sleep(lostAnswerDelayMs, undefined, { signal: call.signal });
      }
    }
  }
}

async function repeated(
  internals: Internals,
  call: StoreCall,
  upload: LocatedUpload,
  parts: readonly NamedPart[],
): Promise<PutResult> {
  const earlier = await earlierCompletion(internals, call, upload, parts);
  if (earlier === undefined) throw noSuchUpload(upload.ref);
  return earlier;
}

async function findParts(
  internals: Internals,
  call: StoreCall,
  upload: LocatedUpload,
): Promise<ReadonlyMap<number, OmPart> | undefined> {
  return await readAllParts(internals, call, upload).catch((error: unknown) => {
    if (isOmError(error, 'NO_SUCH_MULTIPART_UPLOAD_ERROR')) return undefined;
    throw error;
  });
}

function foresee(
  { ref, id }: LocatedUpload,
  { parts, options }: Completion,
  stored: ReadonlyMap<number, OmPart>,
): Outcome {
  const upload = { ref, declared: id.checksum };
  const used = checkNamedParts(upload, parts, stored);
  const hash = createHash('md5');
  for (const { omEtag } of stored.values()) hash.update(omEtag);
  return { used, whole: checkWhole(upload, options, used), etag: `${hash.digest('hex')}-${stored.size}` };
}

/** Whether another look at parts and key may bring another outcome. */
function isPassing(error: unknown, condition: WriteCondition | undefined, before: KeyInfo | undefined): boolean {
  if (error instanceof OmOutcomeUnknown) return true;
  if (isOmError(error, 'INVALID_PART', 'NO_SUCH_MULTIPART_UPLOAD_ERROR')) return true;
  return condition?.ifMatch !== undefined && before !== undefined && isOmError(error, 'KEY_NOT_FOUND');
}

async function submit(
  { om }: Internals,
  call: StoreCall,
  { names, userPrincipal }: LocatedUpload,
  { used, condition, before }: Outcome & CompleteOptions & { readonly before: KeyInfo | undefined },
): Promise<CompletedKey> {
  const { volume, bucket, key, hash } = await om.call(call, 'CompleteMultiPartUpload', {
    keyArgs: { ...names, ownerName: userPrincipal, ...expectation(condition, before) },
    partsList: used.map(({ partNumber, omEtag }) => ({ partNumber, partName: omEtag, eTag: omEtag })),
  });
  return { volume, bucket, key, etag: hash };
}

/**
 * The OM compares `*` with ETags too, and knows nothing of those that we show of keys that no gateway wrote: whatever
 * there is stands for them by its generation.
 */
function expectation(condition: WriteCondition | undefined, before: KeyInfo | undefined) {
  if (condition?.ifNoneMatch !== undefined) return { expectedDataGeneration: 0 };
  if (condition?.ifMatch === undefined) return {};
  const { ifMatch } = condition;
  const hasNoEtag = before !== undefined && etagOfKey(before) === undefined;
  if (ifMatch !== '*' && !(hasNoEtag && shownEtag(before) === ifMatch)) return { expectedETag: ifMatch };
  if (before === undefined) throw new S3Error('NoSuchKey');
  return { expectedDataGeneration: before.updateID };
}

async function finish(
  internals: Internals,
  call: StoreCall,
  upload: LocatedUpload,
  {
    used,
    whole,
    completed,
    before,
  }: Outcome & { readonly completed: CompletedKey; readonly before: KeyInfo | undefined },
): Promise<PutResult> {
  const record = {
    ...whole,
    etag: completed.etag,
    uploadId: upload.id.omId,
    namedParts: multipartEtag(used.map((part) => part.etag)),
    partChecksums: used.flatMap((part) => (part.checksum === undefined ? [] : [part.checksum.value])),
  };
  await Promise.all([
    remember(internals, call, completed, { record, before }),
    discardLedgerEntry(internals, call, upload),
  ]);
  return toPutResult(record);
}

function completedKey({ volumeName, bucketName, keyName }: KeyInfo, etag: string): CompletedKey {
  return { volume: volumeName, bucket: bucketName, key: keyName, etag };
}
