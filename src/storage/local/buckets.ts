import { S3Error } from '../../errors/s3-error.ts';
import { bytesPast } from '../../s3/list-window.ts';
import type { Tag } from '../../s3/object-attributes.ts';
import type { BucketInfo, BucketPage, BucketWindow, StoreCall } from '../values.ts';
import { requireBucket } from './access.ts';
import { forgetCompletions } from './completed-uploads.ts';
import { commit, type Internals } from './internals.ts';
import { bucketKey, keyPrefix } from './keys.ts';
import { tagPairs, tagsIn, type BucketRecord } from './records.ts';
import { discardUploads } from './uploads.ts';

export async function createBucket(
  internals: Internals,
  call: StoreCall,
  bucket: string,
  tags: readonly Tag[],
): Promise<void> {
  const owner = call.caller.userName;
  internals.space.admitInline(0);
  await commit(internals, ({ buckets }) => {
    const existing = buckets.get(bucketKey(bucket));
    if (existing !== undefined) {
      const code = existing[1] === owner ? 'BucketAlreadyOwnedByYou' : 'BucketAlreadyExists';
      throw new S3Error(code, { details: { BucketName: bucket } });
    }
    buckets.putSync(bucketKey(bucket), [Date.now(), owner, tags.length === 0 ? null : tagPairs(tags)]);
  });
}

export function headBucket(internals: Internals, call: StoreCall, bucket: string): BucketInfo {
  return internals.metadata.read((databases) => toBucketInfo(bucket, requireBucket(databases, call, bucket)));
}

export async function deleteBucket(internals: Internals, call: StoreCall, bucket: string): Promise<void> {
  const garbage = await internals.space.release(() =>
    internals.metadata.write((databases) => {
      requireBucket(databases, call, bucket);
      const start = keyPrefix(bucket, '');
      for (const _ of databases.objects.getKeys({ start, end: bytesPast(start) ?? start, limit: 1 })) {
        throw new S3Error('BucketNotEmpty', { details: { BucketName: bucket } });
      }
      databases.buckets.removeSync(bucketKey(bucket));
      forgetCompletions(databases, start);
      return discardUploads(databases, start);
    }),
  );
  internals.collector.collect(...garbage);
}

export function listBuckets(internals: Internals, call: StoreCall, window: BucketWindow): BucketPage {
  return internals.metadata.read(({ buckets }) => {
    const found: BucketInfo[] = [];
    const prefix = Buffer.from(window.prefix);
    const end = bytesPast(prefix);
    const start = Buffer.from(
      window.after !== undefined && window.after >= window.prefix ? `${window.after}\0` : window.prefix,
    );
    const range = { ...(start.length > 0 && { start }), ...(end !== undefined && { end }) };
    for (const { key, value } of buckets.getRange(range)) {
      if (value[1] !== call.caller.userName) continue;
      const last = found.at(-1);
      if (found.length >= window.limit)
        return last === undefined ? { buckets: [] } : { buckets: found, next: last.name };
      found.push(toBucketInfo(key.toString(), value));
    }
    return { buckets: found };
  });
}

export function getBucketTags(internals: Internals, call: StoreCall, bucket: string): readonly Tag[] | undefined {
  const tags = internals.metadata.read((databases) => requireBucket(databases, call, bucket)[2]);
  return tags === null ? undefined : tagsIn(tags);
}

export async function setBucketTags(
  internals: Internals,
  call: StoreCall,
  bucket: string,
  tags: readonly Tag[] | undefined,
): Promise<void> {
  if (tags !== undefined) internals.space.admitInline(0);
  await commit(internals, (databases) => {
    const [createdAtMs, owner] = requireBucket(databases, call, bucket);
    databases.buckets.putSync(bucketKey(bucket), [createdAtMs, owner, tags === undefined ? null : tagPairs(tags)]);
  });
}

function toBucketInfo(name: string, [createdAtMs, owner]: BucketRecord): BucketInfo {
  return { name, createdAt: new Date(createdAtMs), owner };
}
