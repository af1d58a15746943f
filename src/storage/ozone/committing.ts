import { setTimeout as sleep } from 'node:timers/promises';
import { S3Error } from '../../errors/s3-error.ts';
import type { StoreCall, WriteCondition } from '../values.ts';
import { isOpenKeyGone, type OpenKey, type WrittenLocation } from './body-writing.ts';
import type { Internals } from './internals.ts';
import { latestLocations } from './key-info.ts';
import { readKeyMetadata } from './key-metadata.ts';
import { isOmError, OmOutcomeUnknown } from './om/om-error.ts';
import type { KeyInfo, KeyLocation } from './proto/om.ts';
import type { KeyValue } from './proto/hdds.ts';

/** A commit whose answer was lost may be done a moment later than the first look for it. */
const lookAgainMs = [0, 500, 2000];

export interface Commit {
  readonly names: { readonly volumeName: string; readonly bucketName: string; readonly keyName: string };
  readonly openKey: OpenKey;
  readonly locations: readonly WrittenLocation[];
  readonly sizeBytes: number;
  readonly etag: string;
  /** With the ETag; the OM puts them over those of CreateKey. */
  readonly metadata: readonly KeyValue[];
  readonly condition: WriteCondition | undefined;
}

/** Makes an open key the object. Rejects with S3Error, and with what the OM says. */
export async function commitKey(internals: Internals, call: StoreCall, commit: Commit): Promise<void> {
  const { names, openKey, locations, sizeBytes, metadata, condition } = commit;
  const keyArgs = { ...names, dataSize: sizeBytes, keyLocations: locations, metadata };
  try {
    await internals.om.call(call, 'CommitKey', { keyArgs, clientID: openKey.ID });
  } catch (error) {
    if (error instanceof OmOutcomeUnknown && (await isCommitted(internals, call, commit))) return;
    if (isOmError(error, 'ATOMIC_WRITE_CONFLICT') && condition?.ifNoneMatch !== undefined) {
      // Another was first, which is what the condition asks; with If-Match, who was first may have gone again.
      throw new S3Error('PreconditionFailed', { details: { Condition: 'If-None-Match' }, cause: error });
    }
    if (isOpenKeyGone(error)) throw new S3Error('ServiceUnavailable', { cause: error });
    throw error;
  }
}

/** Whether the object is what was to be committed. */
async function isCommitted({ om }: Internals, call: StoreCall, commit: Commit): Promise<boolean> {
  for (const delayMs of lookAgainMs) {
    await sleep(delayMs, undefined, { signal: call.signal });
    const keyArgs = { ...commit.names, headOp: true, latestVersionLocation: true };
    const found = await om.call(call, 'GetKeyInfo', { keyArgs }).catch((error: unknown) => {
      if (isOmError(error, 'KEY_NOT_FOUND')) return undefined;
      throw error;
    });
    if (found !== undefined && isResultOf(commit, found.keyInfo)) return true;
  }
  return false;
}

/** By its blocks, which nothing else has; by the time, an empty object which has none. */
function isResultOf({ openKey, locations, sizeBytes, etag }: Commit, found: KeyInfo): boolean {
  const blocks = latestLocations(found);
  return (
    found.modificationTime.greaterThanOrEqual(openKey.keyInfo.modificationTime) &&
    found.dataSize.equals(sizeBytes) &&
    readKeyMetadata(found.metadata).etag === etag &&
    blocks.length === locations.length &&
    blocks.every((block, index) => isSameBlock(block, locations[index]))
  );
}

function isSameBlock(a: KeyLocation, b: WrittenLocation | undefined): boolean {
  return b !== undefined && a.blockID.containerBlockID.localID.equals(b.blockID.containerBlockID.localID);
}
