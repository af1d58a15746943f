import { S3Error } from '../../errors/s3-error.ts';
import type { ObjectRef, StoreCall } from '../values.ts';
import type { Internals } from './internals.ts';
import { isNamed } from './key-info.ts';
import type { OmRequestOf } from './om/commands.ts';
import { toS3Error } from './om/om-status.ts';
import type { KeyInfo } from './proto/om.ts';

/** Of a key's blocks: which they are, also where they are, or also where they are by the SCM, past the OM's memory. */
export type Wanted = 'blocks' | 'locations' | 'fresh-locations';

const asked: Readonly<Record<Wanted, OmRequestOf<'GetKeyInfo'>['keyArgs']>> = {
  blocks: { headOp: true },
  locations: { sortDatanodes: true },
  'fresh-locations': { sortDatanodes: true, forceUpdateContainerCacheFromSCM: true },
};

/** GetKeyInfo of an object, in its latest version. NoSuchBucket, AccessDenied, NoSuchKey. */
export async function lookUpKey(
  { om }: Internals,
  call: StoreCall,
  { bucket, key }: ObjectRef,
  wanted: Wanted,
): Promise<KeyInfo> {
  try {
    const { volume } = await om.s3Context(call);
    const names = { volumeName: volume, bucketName: bucket, keyName: key };
    const keyArgs = { ...names, latestVersionLocation: true, ...asked[wanted] };
    const { keyInfo } = await om.call(call, 'GetKeyInfo', { keyArgs });
    if (isNamed(key, keyInfo)) return keyInfo;
  } catch (error) {
    throw toS3Error(error, { bucket, key });
  }
  throw new S3Error('NoSuchKey', { details: { Key: key } });
}
