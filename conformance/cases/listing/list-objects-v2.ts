import { ListObjectsV2Command, type ListObjectsV2CommandInput } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { defineListing } from './both-listings.ts';
import { bucketWith, keysIn, prefixesIn } from './listed-bucket.ts';

const described = {
  operation: 'ListObjectsV2',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html',
  level: 'core',
} as const;
const tree = ['a', 'b/1', 'b/2', 'c/3', 'd'];

defineListing({
  operation: 'ListObjectsV2',
  command: (input) => new ListObjectsV2Command(input),
  query: 'list-type=2&',
});

defineTable<readonly [string, Partial<ListObjectsV2CommandInput>, readonly string[], readonly string[]]>(
  [
    ['start-after-a-key', { StartAfter: 'b/1' }, ['b/2', 'c/3', 'd'], []],
    ['start-after-no-key', { StartAfter: 'b' }, ['b/1', 'b/2', 'c/3', 'd'], []],
    ['start-after-the-last', { StartAfter: 'z' }, [], []],
    ['start-after-with-prefix', { StartAfter: 'b/1', Prefix: 'b/' }, ['b/2'], []],
    ['start-after-a-folder', { StartAfter: 'b/', Delimiter: '/' }, ['d'], ['c/']],
    ['start-after-a-key-in-a-folder', { StartAfter: 'b/1', Delimiter: '/' }, ['d'], ['c/']],
  ],
  ([condition, input, keys, prefixes]) => ({
    ...described,
    id: `ListObjectsV2.listing-pagination.${condition}`,
    feature: 'listing-pagination',
    severity: 'critical',
    run: async (t) => {
      const bucket = await bucketWith(t, tree);
      const output = (await t.subject(new ListObjectsV2Command({ ...input, Bucket: bucket }))).expectOk();
      t.expectEqual(keysIn(output), keys, 'keys');
      t.expectEqual(prefixesIn(output), prefixes, 'common prefixes');
      t.expectEqual([output.KeyCount, output.StartAfter], [keys.length + prefixes.length, input.StartAfter], 'answer');
    },
  }),
);

defineTable<readonly [string, Partial<ListObjectsV2CommandInput>, readonly string[]]>(
  [
    ['all-keys', {}, tree],
    ['all-folders', { Delimiter: '/' }, ['a', 'b/', 'c/', 'd']],
    ['all-keys-url-encoded', { EncodingType: 'url' }, tree],
    ['start-after-then-token', { StartAfter: 'b/1' }, ['b/2', 'c/3', 'd']],
  ],
  ([condition, input, expected]) => ({
    ...described,
    id: `ListObjectsV2.listing-pagination.${condition}`,
    title: `pages of one give everything once, in order (${condition.replaceAll('-', ' ')})`,
    feature: 'listing-pagination',
    severity: 'critical',
    clients: ['s3a', 'rclone'],
    run: async (t) => {
      const bucket = await bucketWith(t, tree);
      const found: string[] = [];
      let token: string | undefined;
      for (let page = 0; page < 8; page += 1) {
        const paging = { Bucket: bucket, MaxKeys: 1, ...(token !== undefined && { ContinuationToken: token }) };
        const output = (await t.subject(new ListObjectsV2Command({ ...input, ...paging }))).expectOk();
        t.expectEqual([output.KeyCount, output.ContinuationToken], [1, token], 'KeyCount, ContinuationToken');
        found.push(...keysIn(output), ...prefixesIn(output));
        token = output.NextContinuationToken;
        t.expectEqual(output.IsTruncated, token !== undefined, 'IsTruncated, as NextContinuationToken says');
        if (token === undefined) break;
      }
      t.expectEqual(found, expected, 'pages');
    },
  }),
);

defineCase({
  ...described,
  id: 'ListObjectsV2.listing-pagination.token-that-was-never-given',
  title: 'a continuation token that the server did not give: 400',
  feature: 'listing-pagination',
  level: 'extended',
  severity: 'minor',
  run: async (t) => {
    const bucket = await bucketWith(t, ['a']);
    const list = await t.subject(new ListObjectsV2Command({ Bucket: bucket, ContinuationToken: '\u0001 no token' }));
    list.expectError({ status: 400, code: 'InvalidArgument' });
    await t.expectKeys(bucket, ['a']);
  },
});

defineTable([true, false], (fetches) => ({
  ...described,
  id: `ListObjectsV2.listing.fetch-owner-${String(fetches)}`,
  title: fetches ? 'fetch-owner=true names the owner' : 'without fetch-owner no owner is named',
  feature: 'listing',
  severity: 'minor',
  run: async (t) => {
    const bucket = await bucketWith(t, ['a']);
    const list = await t.subject(new ListObjectsV2Command({ Bucket: bucket, FetchOwner: fetches }));
    const entry = list.expectOk().Contents?.[0];
    t.expectEqual([entry?.Key, entry?.Owner?.ID !== undefined], ['a', fetches], 'Key, and whether it has an owner');
  },
}));

defineCase({
  ...described,
  id: 'ListObjectsV2.listing.key-count',
  title: 'KeyCount counts keys and common prefixes',
  feature: 'listing',
  severity: 'major',
  run: async (t) => {
    const bucket = await bucketWith(t, tree);
    const list = await t.subject(new ListObjectsV2Command({ Bucket: bucket, Delimiter: '/' }));
    t.expectEqual(list.expectOk().KeyCount, 4, 'KeyCount');
  },
});
