import {
  DeleteObjectsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
} from '@aws-sdk/client-s3';
import { defineCase } from '../../engine/define-case.ts';

const keysOf = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `k${String(index).padStart(4, '0')}`);

defineCase({
  id: 'ListObjectsV2.listing-pagination.thousand-a-page',
  title: 'a page has at most 1,000 keys, asked for or not, in both versions of the listing; the next one has the rest',
  operation: 'ListObjectsV2',
  feature: 'listing-pagination',
  level: 'core',
  severity: 'critical',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html',
  clients: ['s3a', 'aws-cli', 'rclone'],
  timeoutMs: 60_000,
  run: async (t) => {
    const Bucket = await t.bucket();
    const keys = keysOf(1_001);
    for (let at = 0; at < keys.length; at += 50) {
      await Promise.all(keys.slice(at, at + 50).map((key) => t.put(Bucket, key, '')));
    }
    const page = async (more: object): Promise<ListObjectsV2CommandOutput> =>
      (await t.subject(new ListObjectsV2Command({ Bucket, ...more }))).expectOk();
    const first = await page({});
    const named = (first.Contents ?? []).map(({ Key }) => Key);
    t.expectEqual([named.length, first.KeyCount, first.IsTruncated], [1_000, 1_000, true], 'the first page');
    const rest = await page({ ContinuationToken: first.NextContinuationToken });
    t.expectEqual([...named, ...(rest.Contents ?? []).map(({ Key }) => Key)], keys, 'keys of both pages');
    t.expectEqual((await page({ MaxKeys: 5_000 })).Contents?.length, 1_000, 'keys of a page of 5,000');
    const old = (await t.subject(new ListObjectsCommand({ Bucket }))).expectOk();
    t.expectEqual([old.Contents?.length, old.IsTruncated], [1_000, true], 'the first page of ListObjects');
    // Cleaning up one by one takes longer than the case; where this is refused it is done so.
    await t.look(new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.slice(1).map((Key) => ({ Key })) } }));
  },
});
