import { isS3Error, S3Error } from '../../errors/s3-error.ts';
import type { Tag } from '../../s3/object-attributes.ts';
import type { ObjectInfo, ObjectRef, ReadOptions, StoreCall, WriteCondition } from '../values.ts';
import { isObjectStore } from './bucket-infos.ts';
import type { Internals } from './internals.ts';
import { toObjectInfo } from './key-info.ts';
import { isBlank } from './key-names.ts';
import { lookUpKey } from './looking-up.ts';
import { isOmError } from './om/om-error.ts';
import { toS3Error } from './om/om-status.ts';

export async function headObject(
  internals: Internals,
  call: StoreCall,
  ref: ObjectRef,
  options: ReadOptions = {},
): Promise<ObjectInfo> {
  return toObjectInfo(ref.key, await lookUpKey(internals, call, ref, 'blocks'), options);
}

/** Without a condition: the OM deletes on none, and to look first would decide nothing. */
export async function deleteObject(
  internals: Internals,
  call: StoreCall,
  ref: ObjectRef,
  condition: WriteCondition | undefined,
): Promise<void> {
  if (condition !== undefined) {
    throw new S3Error('NotImplemented', { message: 'Ozone does not delete on condition.' });
  }
  if (await mayMeanAnother(internals, call, ref)) {
    const isThere = await lookUpKey(internals, call, ref, 'blocks').then(() => true, isAbsent);
    if (!isThere) return;
  }
  try {
    await internals.om.call(call, 'DeleteKey', {
      keyArgs: { ...(await nameOf(internals, call, ref)), recursive: false },
    });
  } catch (error) {
    // A directory that is not empty stays, as in S3 the objects in it stay when the object of its name goes.
    if (!isOmError(error, 'KEY_NOT_FOUND', 'DIRECTORY_NOT_EMPTY')) throw toS3Error(error, ref);
  }
}

/** Replaces all; none removes them. */
export async function setTags(
  internals: Internals,
  call: StoreCall,
  ref: ObjectRef,
  tags: readonly Tag[],
): Promise<void> {
  // The OM, once it has logged such a write, ends of a name that its file system does not know: a read has to find it first.
  if (await mayMeanAnother(internals, call, ref)) await lookUpKey(internals, call, ref, 'blocks');
  const keyArgs = await nameOf(internals, call, ref);
  try {
    if (tags.length === 0) await internals.om.call(call, 'DeleteObjectTagging', { keyArgs });
    else await internals.om.call(call, 'PutObjectTagging', { keyArgs: { ...keyArgs, tags } });
  } catch (error) {
    throw toS3Error(error, ref);
  }
}

/**
 * Whether the OM may take the name for that of another key, as isNamed has it: looked at anew where the layout that is
 * remembered says no, but the name looks like it.
 */
async function mayMeanAnother({ buckets }: Internals, call: StoreCall, { bucket, key }: ObjectRef): Promise<boolean> {
  return isBlank(key) || key.endsWith('/') || !isObjectStore(await buckets.recent(call, bucket));
}

async function nameOf({ om }: Internals, call: StoreCall, { bucket, key }: ObjectRef) {
  const { volume } = await om.s3Context(call);
  return { volumeName: volume, bucketName: bucket, keyName: key };
}

function isAbsent(error: unknown): false {
  if (isS3Error(error, 'NoSuchKey')) return false;
  throw error;
}
