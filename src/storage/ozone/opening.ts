import { S3Error } from '../../errors/s3-error.ts';
import type { ByteRange } from '../../s3/object-attributes.ts';
import type { ObjectRef, OpenObject, ReadOptions, StoreCall } from '../values.ts';
import type { Internals } from './internals.ts';
import { checkReadable, isNamed, latestLocations, toObjectInfo } from './key-info.ts';
import { toS3Error } from './om/om-status.ts';
import type { KeyInfo, KeyLocation } from './proto/om.ts';

/**
 * Holds an object by its blocks, which stay on the datanodes for a while after they were overwritten or deleted.
 * NoSuchBucket, AccessDenied, NoSuchKey; NotImplemented for a key that was stored in a way that we don't read.
 */
export async function openObject(
  internals: Internals,
  call: StoreCall,
  ref: ObjectRef,
  options: ReadOptions = {},
): Promise<OpenObject> {
  const keyInfo = await lookUp(internals, call, ref, false);
  checkReadable(keyInfo);
  const info = toObjectInfo(ref.key, keyInfo, options);
  const locations = latestLocations(keyInfo);
  const refresh = async (): Promise<readonly KeyLocation[]> =>
    sameBlocks(locations, latestLocations(await lookUp(internals, call, ref, true)));
  const { signal, log } = call;
  return {
    info,
    read(range: ByteRange = { first: 0, last: info.sizeBytes - 1 }) {
      if (info.sizeBytes === 0) return new Uint8Array();
      return internals.datanodes.read({ locations, range, refresh, signal, log });
    },
    close: () => Promise.resolve(), // The datanodes know nothing of who reads.
  };
}

/** With the blocks and where they are; `anew`: asked of the SCM, not as the OM remembers it. */
async function lookUp({ om }: Internals, call: StoreCall, { bucket, key }: ObjectRef, anew: boolean): Promise<KeyInfo> {
  try {
    const { volume } = await om.s3Context(call);
    const { keyInfo } = await om.call(call, 'GetKeyInfo', {
      keyArgs: {
        volumeName: volume,
        bucketName: bucket,
        keyName: key,
        latestVersionLocation: true,
        sortDatanodes: true,
        forceUpdateContainerCacheFromSCM: anew,
      },
    });
    if (isNamed(key, keyInfo)) return keyInfo;
  } catch (error) {
    throw toS3Error(error, { bucket, key });
  }
  throw new S3Error('NoSuchKey', { details: { Key: key } });
}

/** The blocks of a key where they are by now, in the order in which it was opened. */
function sameBlocks(opened: readonly KeyLocation[], found: readonly KeyLocation[]): KeyLocation[] {
  const byId = new Map(found.map((location) => [idOf(location), location]));
  return opened.map((location) => {
    const fresh = byId.get(idOf(location));
    if (fresh !== undefined) return fresh;
    throw new S3Error('InternalError', { cause: new Error('the object was replaced and is no longer readable') });
  });
}

function idOf({ blockID: { containerBlockID } }: KeyLocation): string {
  return `${containerBlockID.containerID.toString()}/${containerBlockID.localID.toString()}`;
}
