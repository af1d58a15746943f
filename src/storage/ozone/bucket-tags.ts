import { S3Error } from '../../errors/s3-error.ts';
import type { Tag } from '../../s3/object-attributes.ts';
import type { StoreCall } from '../values.ts';
import { isLink } from './bucket-infos.ts';
import type { Internals } from './internals.ts';
import { toS3Error } from './om/om-status.ts';
import type { KeyValue } from './proto/hdds.ts';

/** In a bucket's metadata, where Ozone has no tags for buckets. Begins as the reserved names of a key's metadata. */
const tagsName = 'ozone-s3-internal-tags';

/** Undefined when none were ever set. */
export async function getBucketTags(
  internals: Internals,
  call: StoreCall,
  bucket: string,
): Promise<readonly Tag[] | undefined> {
  const { metadata } = await internals.buckets.read(call, bucket);
  return tagsIn(metadata.find(({ key }) => key === tagsName)?.value ?? '');
}

/** Undefined removes them. NotImplemented for a link. */
export async function setBucketTags(
  internals: Internals,
  call: StoreCall,
  bucket: string,
  tags: readonly Tag[] | undefined,
): Promise<void> {
  const info = await internals.buckets.read(call, bucket);
  if (isLink(info)) {
    throw new S3Error('NotImplemented', { message: 'Ozone keeps no tags of a bucket that is a link to another.' });
  }
  try {
    const { volume } = await internals.om.s3Context(call);
    const bucketArgs = { volumeName: volume, bucketName: bucket, metadata: [tagsEntry(tags)] };
    await internals.om.call(call, 'SetBucketProperty', { bucketArgs });
  } catch (error) {
    throw toS3Error(error, { bucket });
  }
}

/** The OM merges metadata: a name can be given another value, but not be taken away. */
export function tagsEntry(tags: readonly Tag[] | undefined): KeyValue {
  const value = tags === undefined ? '' : JSON.stringify(tags.map(({ key, value }) => [key, value]));
  return { key: tagsName, value };
}

function tagsIn(text: string): readonly Tag[] | undefined {
  if (text === '') return undefined;
  return (JSON.parse(text) as [string, string][]).map(([key, value]) => ({ key, value }));
}
