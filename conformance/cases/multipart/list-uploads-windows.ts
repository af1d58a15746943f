import { ListMultipartUploadsCommand, type ListMultipartUploadsCommandInput } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { complete, sendPart, startUpload } from '../../fixtures/multipart.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html';
const list = { operation: 'ListMultipartUploads', level: 'core', severity: 'major', reference } as const;

interface Window {
  readonly condition: string;
  readonly feature: 'listing' | 'listing-delimiter' | 'listing-pagination';
  readonly keys: readonly string[];
  readonly input: Partial<ListMultipartUploadsCommandInput>;
  readonly uploads: readonly string[];
  readonly prefixes?: readonly string[];
  readonly isTruncated?: boolean;
  readonly level?: 'extended';
}

const windows: readonly Window[] = [
  {
    condition: 'byte-order',
    feature: 'listing',
    keys: ['b', '\u{1F600}', '\uFF5E', 'B', 'é', 'a/', 'a'],
    input: {},
    uploads: ['B', 'a', 'a/', 'b', 'é', '\uFF5E', '\u{1F600}'],
  },
  {
    condition: 'max-uploads-exact',
    feature: 'listing-pagination',
    keys: ['a', 'b', 'c'],
    input: { MaxUploads: 3 },
    uploads: ['a', 'b', 'c'],
  },
  {
    condition: 'max-uploads-1',
    feature: 'listing-pagination',
    keys: ['a', 'b'],
    input: { MaxUploads: 1 },
    uploads: ['a'],
    isTruncated: true,
  },
  {
    condition: 'key-marker-is-no-key',
    feature: 'listing-pagination',
    keys: ['a', 'b', 'c'],
    input: { KeyMarker: 'aa' },
    uploads: ['b', 'c'],
  },
  {
    condition: 'key-marker-after-the-last',
    feature: 'listing-pagination',
    keys: ['a', 'b'],
    input: { KeyMarker: 'z' },
    uploads: [],
  },
  {
    condition: 'key-marker-before-the-prefix',
    feature: 'listing-pagination',
    keys: ['a', 'b/1', 'b/2', 'c'],
    input: { KeyMarker: 'a', Prefix: 'b/' },
    uploads: ['b/1', 'b/2'],
  },
  {
    condition: 'key-marker-with-delimiter',
    feature: 'listing-delimiter',
    keys: ['a/1', 'b/1', 'c'],
    input: { KeyMarker: 'a/1', Delimiter: '/' },
    uploads: ['c'],
    prefixes: ['b/'],
    level: 'extended',
  },
  {
    condition: 'prefix-without-match',
    feature: 'listing',
    keys: ['a', 'b'],
    input: { Prefix: 'c' },
    uploads: [],
  },
  {
    condition: 'prefix-is-a-key',
    feature: 'listing',
    keys: ['a', 'ab', 'b'],
    input: { Prefix: 'a' },
    uploads: ['a', 'ab'],
  },
  {
    condition: 'delimiter-not-in-any-key',
    feature: 'listing-delimiter',
    keys: ['a', 'b'],
    input: { Delimiter: '|' },
    uploads: ['a', 'b'],
  },
  {
    condition: 'delimiter-of-several-characters',
    feature: 'listing-delimiter',
    keys: ['a--1', 'a--2', 'b-1'],
    input: { Delimiter: '--' },
    uploads: ['b-1'],
    prefixes: ['a--'],
  },
  {
    condition: 'upload-id-marker-alone',
    feature: 'listing-pagination',
    keys: ['a', 'b'],
    input: { UploadIdMarker: 'zzzz' },
    uploads: ['a', 'b'],
    level: 'extended',
  },
];

defineTable(windows, ({ condition, feature, keys, input, level, ...expected }) => ({
  ...list,
  id: `ListMultipartUploads.window.${condition}`,
  feature,
  level: level ?? 'core',
  run: async (t) => {
    const Bucket = await t.bucket();
    for (const Key of keys) await startUpload(t, Bucket, { Key });
    const output = (await t.subject(new ListMultipartUploadsCommand({ ...input, Bucket }))).expectOk();
    const uploads = (output.Uploads ?? []).map(({ Key }) => Key);
    const prefixes = (output.CommonPrefixes ?? []).map(({ Prefix }) => Prefix);
    t.expectEqual([uploads, prefixes], [expected.uploads, expected.prefixes ?? []], 'keys and common prefixes');
    t.expectEqual([output.Bucket, output.IsTruncated], [Bucket, expected.isTruncated ?? false], 'IsTruncated');
  },
}));

defineCase({
  ...list,
  id: 'ListMultipartUploads.pages.folders',
  title: 'a folder of uploads counts as one, and does not come again on the next page',
  feature: 'listing-delimiter',
  level: 'extended',
  run: async (t) => {
    const Bucket = await t.bucket();
    for (const Key of ['a/1', 'a/2', 'b', 'c/1']) await startUpload(t, Bucket, { Key });
    const found: (string | undefined)[] = [];
    let markers: Partial<ListMultipartUploadsCommandInput> = {};
    for (let page = 1; page <= 3; page += 1) {
      const ask = { ...markers, Bucket, Delimiter: '/', MaxUploads: 1 };
      const output = (await t.subject(new ListMultipartUploadsCommand(ask))).expectOk();
      found.push(...(output.CommonPrefixes ?? []).map(({ Prefix }) => Prefix));
      found.push(...(output.Uploads ?? []).map(({ Key }) => Key));
      t.expectEqual(output.IsTruncated, page < 3, `IsTruncated of page ${String(page)}`);
      markers = { KeyMarker: output.NextKeyMarker, UploadIdMarker: output.NextUploadIdMarker };
    }
    t.expectEqual(found, ['a/', 'b', 'c/'], 'entries of all pages');
  },
});

defineCase({
  ...list,
  id: 'ListMultipartUploads.completed-upload.not-listed',
  title: 'an upload that was completed is not listed, another one of its key is',
  feature: 'multipart',
  severity: 'critical',
  run: async (t) => {
    const Bucket = await t.bucket();
    const done = await startUpload(t, Bucket);
    const pending = await startUpload(t, Bucket);
    (await complete(t, done, [await sendPart(t, done, 1, 'v')])).expectOk();
    const { Uploads } = (await t.subject(new ListMultipartUploadsCommand({ Bucket }))).expectOk();
    t.expectEqual(
      Uploads?.map(({ UploadId }) => UploadId),
      [pending.UploadId],
      'upload ids',
    );
  },
});

defineCase({
  ...list,
  id: 'ListMultipartUploads.checksum.algorithm-and-type',
  title: 'each upload is listed with the algorithm and type of its checksum',
  feature: 'checksum',
  level: 'extended',
  severity: 'minor',
  run: async (t) => {
    const Bucket = await t.bucket();
    await startUpload(t, Bucket, { Key: 'a', ChecksumAlgorithm: 'SHA256' });
    await startUpload(t, Bucket, { Key: 'b', ChecksumAlgorithm: 'CRC64NVME' });
    const { Uploads } = (await t.subject(new ListMultipartUploadsCommand({ Bucket }))).expectOk();
    const found = Uploads?.map((upload) => [upload.Key, upload.ChecksumAlgorithm, upload.ChecksumType]);
    const wanted = [
      ['a', 'SHA256', 'COMPOSITE'],
      ['b', 'CRC64NVME', 'FULL_OBJECT'],
    ];
    t.expectEqual(found, wanted, 'algorithms and types');
  },
});

defineCase({
  ...list,
  id: 'ListMultipartUploads.query.without-equals-sign',
  title: '?uploads without "=" is the list of uploads, and no listing of objects',
  feature: 'multipart',
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'object', 'v');
    const subject = await t.raw({ method: 'GET', path: t.path(bucket), query: 'uploads' });
    subject.expectOk(200);
    subject.expectRoot('ListMultipartUploadsResult');
  },
});
