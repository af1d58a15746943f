import { S3Error } from '../../errors/s3-error.ts';
import type { BodySource, StoreCall } from '../values.ts';
import type { Internals } from './internals.ts';
import type { OmAnswerOf, OmRequestOf } from './om/commands.ts';
import { isOmError, OmOutcomeUnknown } from './om/om-error.ts';
import { replicationType, type BlockId, type ExcludeList } from './proto/hdds.ts';
import type { KeyInfo, KeyLocation } from './proto/om.ts';

/** What CreateKey has answered: a key that nobody sees until it is committed. */
export type OpenKey = OmAnswerOf<'CreateKey'>;

/** A block as CommitKey and CommitMultiPartUpload take it. */
export interface WrittenLocation {
  readonly blockID: BlockId;
  readonly offset: 0;
  readonly length: number;
}

/**
 * Begins a key, or a part of one. An open key that nobody hears of harms nobody: the OM drops it after days. So one whose
 * answer was lost is begun again. Rejects with what the OM says.
 */
export async function createKey(
  { om }: Internals,
  call: StoreCall,
  request: OmRequestOf<'CreateKey'>,
): Promise<OpenKey> {
  return await twice(() => om.call(call, 'CreateKey', request));
}

/**
 * Writes a body into blocks of an open key. Rejects with S3Error for a key that this gateway can't write and for
 * datanodes that take no writes, with what the OM says, and with what the body throws: nothing is to be committed then.
 */
export async function writeBody(
  { om, datanodes }: Internals,
  call: StoreCall,
  { keyInfo, ID }: OpenKey,
  body: Pick<BodySource, 'chunks' | 'sizeBytes'>,
): Promise<readonly WrittenLocation[]> {
  checkWritable(keyInfo);
  const { volumeName, bucketName, keyName, dataSize, type, factor } = keyInfo;
  const keyArgs = { volumeName, bucketName, keyName, dataSize, type, factor };
  const allocate = async (excludeList: ExcludeList): Promise<KeyLocation> => {
    // A block too many is given back by the OM when the key is committed.
    try {
      const answer = await twice(() => om.call(call, 'AllocateBlock', { keyArgs, clientID: ID, excludeList }));
      return answer.keyLocation;
    } catch (error) {
      if (isOpenKeyGone(error)) throw new S3Error('ServiceUnavailable', { cause: error });
      throw error;
    }
  };
  const blocks = await datanodes.write({
    preallocated: keyInfo.keyLocationList.at(-1)?.keyLocations ?? [],
    allocate,
    chunks: body.chunks(),
    signal: call.signal,
    log: call.log,
    ...(body.sizeBytes !== undefined && { sizeBytes: body.sizeBytes }),
  });
  return blocks.map(({ blockID, length }) => ({ blockID, offset: 0, length }));
}

/** The open key was dropped by the OM, or went with the directory that it was to be in: the client may write it again. */
export function isOpenKeyGone(error: unknown): boolean {
  return isOmError(error, 'KEY_NOT_FOUND', 'DIRECTORY_NOT_FOUND');
}

/** The bucket says it before, as it was some seconds ago; here it is certain. */
function checkWritable({ fileEncryptionInfo, type }: KeyInfo): void {
  const why = fileEncryptionInfo !== null ? 'encrypted' : type === replicationType.ec ? 'erasure coded' : undefined;
  if (why === undefined) return;
  throw new S3Error('NotImplemented', { message: `The bucket is ${why}, which this gateway does not write yet.` });
}

async function twice<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof OmOutcomeUnknown) return await action();
    throw error;
  }
}
