import { S3Error } from '../../errors/s3-error.ts';
import type { ByteRange } from '../../s3/object-attributes.ts';
import type { ObjectRef, OpenObject, ReadOptions, StoreCall } from '../values.ts';
import type { Internals } from './internals.ts';
import { checkReadable, latestLocations, toObjectInfo } from './key-info.ts';
import { lookUpKey } from './looking-up.ts';
import type { KeyLocation } from './proto/om.ts';

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
  const keyInfo = await lookUpKey(internals, call, ref, 'locations');
  checkReadable(keyInfo);
  const info = toObjectInfo(ref.key, keyInfo, options);
  const locations = latestLocations(keyInfo);
  const refresh = async (): Promise<readonly KeyLocation[]> =>
    sameBlocks(locations, latestLocations(await lookUpKey(internals, call, ref, 'fresh-locations')));
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
