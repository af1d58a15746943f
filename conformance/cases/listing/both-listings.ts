import { createHash } from 'node:crypto';
import {
  DeleteObjectCommand,
  type ListObjectsCommandOutput,
  type ListObjectsV2CommandOutput,
} from '@aws-sdk/client-s3';
import { defineCase, defineTable, type CaseDefinition } from '../../engine/define-case.ts';
import type { S3Command } from '../../transports/sdk.ts';
import { defineBucketRefusals } from '../configuration/configuration-read.ts';
import { listingRows, type ListingInput } from './listing-rows.ts';
import { bucketWith, keysIn, prefixesIn } from './listed-bucket.ts';
import { apiPage } from '../../fixtures/aws-pages.ts';

export interface ListingOperation<Output> {
  readonly operation: 'ListObjects' | 'ListObjectsV2';
  readonly command: (input: ListingInput) => S3Command<Output>;
  /** What the query of a raw request begins with. */
  readonly query: string;
}

/** The cases that ListObjects and ListObjectsV2 have in common. */
export function defineListing<Output extends ListObjectsCommandOutput | ListObjectsV2CommandOutput>(
  listing: ListingOperation<Output>,
): void {
  const { operation, command } = listing;
  const reference = apiPage(operation);
  const described = { operation, reference } as const;

  defineTable(listingRows, ({ condition, feature, level, keys, input, ...expected }) => ({
    ...described,
    id: `${operation}.${feature}.${condition}`,
    feature,
    level: level ?? 'core',
    severity: feature === 'listing-pagination' || condition === 'byte-order' ? 'critical' : 'major',
    run: async (t) => {
      const bucket = await bucketWith(t, keys);
      const output = (await t.subject(command({ ...input, Bucket: bucket }))).expectOk();
      t.expectEqual(keysIn(output), expected.listed, 'keys');
      t.expectEqual(prefixesIn(output), expected.prefixes ?? [], 'common prefixes');
      t.expectEqual(output.IsTruncated, expected.isTruncated ?? false, 'IsTruncated');
      t.expectEqual(output.Name, bucket, 'Name');
    },
  }));
  defineEntry(described, listing);
  defineRepetition(described, listing);
  defineEncoding(described, listing);
  defineArguments(described, listing);
  defineRaw(described, listing);
  defineBucketRefusals({ operation, feature: 'listing', command });
}

type Described = Pick<CaseDefinition, 'operation' | 'reference'>;

function defineEntry<Output extends ListObjectsCommandOutput | ListObjectsV2CommandOutput>(
  described: Described,
  { operation, command }: ListingOperation<Output>,
): void {
  defineCase({
    ...described,
    id: `${operation}.listing.entry`,
    title: 'an entry has the ETag, size, date and storage class of its object',
    feature: 'listing',
    level: 'core',
    severity: 'critical',
    run: async (t) => {
      const bucket = await bucketWith(t, ['key']);
      const list = await t.subject(command({ Bucket: bucket }));
      const entry = list.expectOk().Contents?.[0];
      const md5 = createHash('md5').update('key').digest('hex');
      t.expectEqual(
        [entry?.Key, entry?.Size, entry?.ETag, entry?.StorageClass],
        ['key', 3, `"${md5}"`, 'STANDARD'],
        'Key, Size, ETag, StorageClass',
      );
      const ageMs = Date.parse(list.header('date') ?? '') - (entry?.LastModified?.getTime() ?? 0);
      t.expectTrue(Math.abs(ageMs) < 600_000, `LastModified is ${String(ageMs)} ms before the server's Date`);
    },
  });
  defineCase({
    ...described,
    id: `${operation}.consistency.after-overwrite-and-delete`,
    title: 'an overwritten object is listed once with its new size, a deleted one no longer',
    feature: 'consistency',
    level: 'core',
    severity: 'critical',
    run: async (t) => {
      const bucket = await bucketWith(t, ['deleted', 'overwritten']);
      await t.put(bucket, 'overwritten', 'new');
      await t.setup(new DeleteObjectCommand({ Bucket: bucket, Key: 'deleted' }));
      const output = (await t.subject(command({ Bucket: bucket }))).expectOk();
      const entries = (output.Contents ?? []).map(({ Key, Size }) => [Key, Size]);
      t.expectEqual(entries, [['overwritten', 3]], 'keys and sizes');
    },
  });
}

function defineRepetition<Output extends ListObjectsCommandOutput | ListObjectsV2CommandOutput>(
  described: Described,
  { operation, command }: ListingOperation<Output>,
): void {
  defineCase({
    ...described,
    id: `${operation}.listing.parameters-repeated`,
    title: 'the answer repeats prefix, delimiter, max-keys and encoding-type',
    feature: 'listing',
    level: 'core',
    severity: 'minor',
    run: async (t) => {
      const bucket = await t.bucket();
      const input = { Prefix: 'a/', Delimiter: '/', MaxKeys: 7, EncodingType: 'url' } as const;
      const output = (await t.subject(command({ ...input, Bucket: bucket }))).expectOk();
      const { Prefix, Delimiter, MaxKeys, EncodingType } = output;
      t.expectEqual({ Prefix, Delimiter, MaxKeys, EncodingType }, input, 'parameters');
    },
  });
}

function defineEncoding<Output extends ListObjectsCommandOutput | ListObjectsV2CommandOutput>(
  described: Described,
  { operation, command }: ListingOperation<Output>,
): void {
  defineCase({
    ...described,
    id: `${operation}.listing-encoding.url-prefix-and-folders`,
    title: 'encoding-type=url encodes prefix and common prefixes too',
    feature: 'listing-encoding',
    level: 'core',
    severity: 'major',
    clients: ['duckdb', 'goofys'],
    run: async (t) => {
      const bucket = await bucketWith(t, ['p+/é/1']);
      const input = { Bucket: bucket, Prefix: 'p+/', Delimiter: '/', EncodingType: 'url' } as const;
      const output = (await t.subject(command(input))).expectOk();
      t.expectEqual([output.Prefix, ...prefixesIn(output)], ['p%2B/', 'p%2B/%C3%A9/'], 'Prefix and CommonPrefixes');
    },
  });
  defineCase({
    ...described,
    id: `${operation}.listing-encoding.url-space-and-plus`,
    title: 'encoding-type=url keeps space and plus apart, as a decoder of queries reads them',
    feature: 'listing-encoding',
    level: 'core',
    severity: 'critical',
    clients: ['rclone', 'duckdb'],
    run: async (t) => {
      const keys = ['a b', 'a%20b', 'a+b'];
      const bucket = await bucketWith(t, keys);
      const output = (await t.subject(command({ Bucket: bucket, EncodingType: 'url' }))).expectOk();
      const decoded = keysIn(output).map((key) => decodeURIComponent(key.replaceAll('+', ' ')));
      t.expectEqual(decoded, keys, 'keys, decoded');
    },
  });
}

function defineArguments<Output>(described: Described, { operation, query }: ListingOperation<Output>): void {
  defineTable(
    [
      ['max-keys-no-number', 'listing-pagination', 'max-keys=abc'],
      ['max-keys-negative', 'listing-pagination', 'max-keys=-1'],
      ['unknown', 'listing-encoding', 'encoding-type=html'],
    ] as const,
    ([condition, feature, parameter]) => ({
      ...described,
      id: `${operation}.${feature}.${condition}`,
      title: `${parameter}: 400 InvalidArgument`,
      feature,
      level: 'extended',
      severity: 'minor',
      transport: 'raw',
      run: async (t) => {
        const bucket = await bucketWith(t, ['k']);
        const list = await t.raw({ method: 'GET', path: t.path(bucket), query: `${query}${parameter}` });
        list.expectError({ status: 400, code: 'InvalidArgument' });
        await t.expectKeys(bucket, ['k']);
      },
    }),
  );
}

function defineRaw<Output>(described: Described, { operation, query }: ListingOperation<Output>): void {
  defineCase({
    ...described,
    id: `${operation}.listing.document`,
    title: 'the document is ListBucketResult in the namespace of S3, as application/xml',
    feature: 'listing',
    level: 'core',
    severity: 'major',
    transport: 'raw',
    run: async (t) => {
      const bucket = await bucketWith(t, ['k']);
      const list = await t.raw({ method: 'GET', path: t.path(bucket), query: query.slice(0, -1) });
      list.expectOk(200);
      list.expectRoot('ListBucketResult');
      list.expectHeader('content-type', /^application\/xml/);
      t.expectMatch(
        list.body.toString(),
        /<ListBucketResult xmlns="http:\/\/s3\.amazonaws\.com\/doc\/2006-03-01\/"/,
        'xmlns',
      );
    },
  });
  defineCase({
    ...described,
    id: `${operation}.anonymous.private-bucket`,
    title: 'without a signature: 403, and no key is shown',
    feature: 'anonymous',
    level: 'core',
    severity: 'critical',
    requires: ['anonymous', 'auth-enforced'],
    transport: 'raw',
    run: async (t) => {
      const bucket = await bucketWith(t, ['secret-name']);
      const list = await t.rawUnsigned({ method: 'GET', path: t.path(bucket), query: query.slice(0, -1) });
      list.expectError({ status: 403, code: 'AccessDenied' });
      t.expectTrue(!list.body.toString().includes('secret-name'), 'the answer shows a key');
    },
  });
}
