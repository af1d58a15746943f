import { isS3Error, S3Error } from '../../errors/s3-error.ts';
import type { Tag } from '../../s3/object-attributes.ts';
import type { BucketInfo, BucketPage, BucketWindow, StoreCall } from '../values.ts';
import { isLink } from './bucket-infos.ts';
import { abortUploads } from './bucket-uploads.ts';
import { tagsEntry } from './bucket-tags.ts';
import type { BucketLayoutName, Internals } from './internals.ts';
import { listObjects } from './listing.ts';
import { isOmError } from './om/om-error.ts';
import { toS3Error } from './om/om-status.ts';
import { bucketLayout, type BucketInfo as OmBucketInfo } from './proto/om.ts';

const layouts: Readonly<Record<BucketLayoutName, number>> = {
  OBJECT_STORE: bucketLayout.objectStore,
  FILE_SYSTEM_OPTIMIZED: bucketLayout.fileSystemOptimized,
  LEGACY: bucketLayout.legacy,
};
/** What the OM lists at once. */
const maxListed = 1000;
const noQuota = -1;
/** hadoop.hdds.StorageTypeProto */
const diskStorage = 1;

/** Whose a bucket is, is for the OM to say; what its owner and others may do with it too. */
export async function createBucket(
  internals: Internals,
  call: StoreCall,
  bucket: string,
  tags: readonly Tag[],
): Promise<void> {
  const { om, settings, buckets } = internals;
  buckets.forget(call, bucket);
  try {
    const { volume, userPrincipal } = await om.s3Context(call);
    await om.call(call, 'CreateBucket', {
      bucketInfo: {
        volumeName: volume,
        bucketName: bucket,
        owner: userPrincipal,
        bucketLayout: layouts[settings.defaultLayout],
        isVersionEnabled: false,
        storageType: diskStorage,
        quotaInBytes: noQuota,
        quotaInNamespace: noQuota,
        metadata: tags.length === 0 ? [] : [tagsEntry(tags)],
      },
    });
  } catch (error) {
    throw isOmError(error, 'BUCKET_ALREADY_EXISTS')
      ? await taken(internals, call, bucket)
      : toS3Error(error, { bucket });
  }
}

/** Whoever may not look at a bucket, or finds a link in a circle, is not its owner. */
async function taken({ om, buckets }: Internals, call: StoreCall, bucket: string): Promise<S3Error> {
  const { userPrincipal } = await om.s3Context(call);
  const isOwn = await buckets.read(call, bucket).then(
    ({ owner }) => owner === userPrincipal,
    (error: unknown) => {
      if (isS3Error(error, 'AccessDenied') || isS3Error(error, 'NoSuchBucket')) return false;
      throw error;
    },
  );
  const code = isOwn ? 'BucketAlreadyOwnedByYou' : 'BucketAlreadyExists';
  return new S3Error(code, { details: { BucketName: bucket } });
}

/** NoSuchBucket for a link to what is not there, as for each of its keys. */
export async function headBucket({ om, buckets }: Internals, call: StoreCall, bucket: string): Promise<BucketInfo> {
  const info = await buckets.read(call, bucket);
  if (!isLink(info)) return toBucketInfo(info);
  const { sourceVolume, sourceBucket } = info;
  try {
    await om.call(call, 'InfoBucket', { volumeName: sourceVolume, bucketName: sourceBucket });
  } catch (error) {
    if (!isOmError(error, 'BUCKET_NOT_FOUND', 'VOLUME_NOT_FOUND')) throw toS3Error(error, { bucket });
    const message = `The bucket is a link to ${sourceVolume}/${sourceBucket}, which does not exist`;
    throw new S3Error('NoSuchBucket', { message, details: { BucketName: bucket }, cause: error });
  }
  return toBucketInfo(info);
}

/** Of a link, the link alone goes. */
export async function deleteBucket(internals: Internals, call: StoreCall, bucket: string): Promise<void> {
  internals.buckets.forget(call, bucket);
  try {
    await removeBucket(internals, call, bucket);
  } catch (error) {
    if (!isOmError(error, 'BUCKET_NOT_EMPTY')) throw toS3Error(error, { bucket });
    const page = await listObjects(internals, call, bucket, { prefix: '', delimiter: '', limit: 1 });
    if (page.objects.length > 0) throw toS3Error(error, { bucket });
    await abortUploads(internals, call, bucket);
    await removeBucket(internals, call, bucket).catch((again: unknown) => {
      throw toS3Error(again, { bucket });
    });
  }
}

async function removeBucket({ om }: Internals, call: StoreCall, bucket: string): Promise<void> {
  const { volume } = await om.s3Context(call);
  await om.call(call, 'DeleteBucket', { volumeName: volume, bucketName: bucket });
}

/** All of the volume: what the caller may see of it is for the OM to say. */
export async function listBuckets({ om }: Internals, call: StoreCall, window: BucketWindow): Promise<BucketPage> {
  const found: BucketInfo[] = [];
  try {
    const { volume } = await om.s3Context(call);
    let after = window.after ?? '';
    while (found.length <= window.limit) {
      const count = Math.min(window.limit + 1 - found.length, maxListed);
      const request = { volumeName: volume, prefix: window.prefix, startKey: after, count };
      const { bucketInfo } = await om.call(call, 'ListBuckets', request);
      found.push(...bucketInfo.map(toBucketInfo));
      after = bucketInfo.at(-1)?.bucketName ?? after;
      if (bucketInfo.length < count) return { buckets: found };
    }
  } catch (error) {
    if (isOmError(error, 'VOLUME_NOT_FOUND')) return { buckets: [] };
    throw toS3Error(error);
  }
  const buckets = found.slice(0, window.limit);
  const next = buckets.at(-1)?.name;
  return { buckets, ...(next !== undefined && { next }) };
}

function toBucketInfo({ bucketName, creationTime, owner }: OmBucketInfo): BucketInfo {
  return { name: bucketName, createdAt: new Date(creationTime.toNumber()), owner };
}
