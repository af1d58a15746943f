import { ListObjectsCommand, type ListObjectsCommandInput } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { defineListing } from './both-listings.ts';
import { bucketWith, keysIn, prefixesIn } from './listed-bucket.ts';

const described = {
  operation: 'ListObjects',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html',
  level: 'core',
} as const;

defineListing({
  operation: 'ListObjects',
  command: (input) => new ListObjectsCommand(input),
  query: 'prefix=&',
});

defineTable<readonly [string, Partial<ListObjectsCommandInput>, readonly string[], readonly string[]]>(
  [
    ['marker-is-a-key', { Marker: 'b/1' }, ['b/2', 'c/3', 'd'], []],
    ['marker-is-no-key', { Marker: 'b' }, ['b/1', 'b/2', 'c/3', 'd'], []],
    ['marker-after-the-last', { Marker: 'z' }, [], []],
    ['marker-with-prefix', { Marker: 'b/1', Prefix: 'b/' }, ['b/2'], []],
    ['marker-is-a-folder', { Marker: 'b/', Delimiter: '/' }, ['d'], ['c/']],
  ],
  ([condition, input, keys, prefixes]) => ({
    ...described,
    id: `ListObjects.listing-pagination.${condition}`,
    feature: 'listing-pagination',
    severity: 'critical',
    clients: condition === 'marker-is-a-folder' ? ['goofys'] : [],
    run: async (t) => {
      const bucket = await bucketWith(t, ['a', 'b/1', 'b/2', 'c/3', 'd']);
      const output = (await t.subject(new ListObjectsCommand({ ...input, Bucket: bucket }))).expectOk();
      t.expectEqual(keysIn(output), keys, 'keys');
      t.expectEqual(prefixesIn(output), prefixes, 'common prefixes');
      t.expectEqual([output.Name, output.Marker], [bucket, input.Marker], 'Name and Marker');
    },
  }),
);

/** Walks as AWS documents it: NextMarker, which comes with a delimiter only, else the last key. */
defineTable([undefined, '/'], (delimiter) => ({
  ...described,
  id: `ListObjects.listing-pagination.${delimiter === undefined ? 'all-keys' : 'all-folders'}`,
  title: `pages of one ${delimiter === undefined ? 'key' : 'key or folder'} give everything once, in order`,
  feature: 'listing-pagination',
  severity: 'critical',
  clients: ['goofys', 's3cmd'],
  run: async (t) => {
    const bucket = await bucketWith(t, ['a', 'b/1', 'b/2', 'c/3', 'd']);
    const found: string[] = [];
    let marker = '';
    for (let page = 0; page < 8; page += 1) {
      const input = { Bucket: bucket, MaxKeys: 1, Marker: marker, ...(delimiter && { Delimiter: delimiter }) };
      const output = (await t.subject(new ListObjectsCommand(input))).expectOk();
      found.push(...keysIn(output), ...prefixesIn(output));
      if (output.IsTruncated !== true) break;
      marker = (delimiter === undefined ? keysIn(output).at(-1) : output.NextMarker) ?? '';
    }
    t.expectEqual(found, delimiter === undefined ? ['a', 'b/1', 'b/2', 'c/3', 'd'] : ['a', 'b/', 'c/', 'd'], 'pages');
  },
}));

defineCase({
  ...described,
  id: 'ListObjects.listing-pagination.next-marker-without-delimiter',
  title: 'NextMarker comes only with a delimiter',
  level: 'extended',
  feature: 'listing-pagination',
  severity: 'minor',
  run: async (t) => {
    const bucket = await bucketWith(t, ['a', 'b']);
    const output = (await t.subject(new ListObjectsCommand({ Bucket: bucket, MaxKeys: 1 }))).expectOk();
    t.expectEqual([output.IsTruncated, output.NextMarker], [true, undefined], 'IsTruncated, NextMarker');
  },
});

defineCase({
  ...described,
  id: 'ListObjects.listing.owner',
  title: 'each entry names its owner',
  feature: 'listing',
  severity: 'minor',
  run: async (t) => {
    const bucket = await bucketWith(t, ['a']);
    const output = (await t.subject(new ListObjectsCommand({ Bucket: bucket }))).expectOk();
    t.expectMatch(output.Contents?.[0]?.Owner?.ID, /\S/, 'Owner.ID');
  },
});
