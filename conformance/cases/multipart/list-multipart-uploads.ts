import { ListMultipartUploadsCommand, type ListMultipartUploadsCommandInput } from '@aws-sdk/client-s3';
import type { CaseContext } from '../../engine/case-context.ts';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { startUpload } from '../../fixtures/multipart.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html';
const list = {
  operation: 'ListMultipartUploads',
  feature: 'multipart',
  level: 'core',
  severity: 'major',
  reference,
} as const;

async function startAll(t: CaseContext, bucket: string, keys: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const Key of keys) ids.push((await startUpload(t, bucket, { Key })).UploadId);
  return ids;
}

defineCase({
  ...list,
  id: 'ListMultipartUploads.some-uploads.described',
  title: 'the uploads in the order of their keys, each with id, date, owner and initiator',
  run: async (t) => {
    const bucket = await t.bucket();
    const [b, a] = await startAll(t, bucket, ['b', 'a/x']);
    const subject = await t.subject(new ListMultipartUploadsCommand({ Bucket: bucket }));
    const output = subject.expectOk();
    subject.expectRoot('ListMultipartUploadsResult');
    t.expectEqual([output.Bucket, output.IsTruncated], [bucket, false], 'Bucket and IsTruncated');
    const uploads = output.Uploads ?? [];
    t.expectEqual(
      uploads.map(({ Key, UploadId }) => [Key, UploadId]),
      [
        ['a/x', a],
        ['b', b],
      ],
      'uploads',
    );
    for (const { Initiated, Initiator, Owner, StorageClass } of uploads) {
      t.expectTrue(Initiated instanceof Date, 'Initiated is there', 'wrong-shape');
      t.expectTrue(Initiator?.ID !== undefined && Owner?.ID !== undefined, 'Initiator and Owner', 'wrong-shape');
      t.expectEqual(StorageClass, 'STANDARD', 'StorageClass');
    }
  },
});

defineCase({
  ...list,
  id: 'ListMultipartUploads.no-uploads.empty-list',
  title: 'objects are no uploads',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'object', 'v');
    const subject = await t.subject(new ListMultipartUploadsCommand({ Bucket: bucket }));
    const output = subject.expectOk();
    t.expectEqual([output.Bucket, output.Uploads ?? []], [bucket, []], 'Bucket and uploads');
  },
});

defineCase({
  ...list,
  id: 'ListMultipartUploads.same-key.in-order-of-initiation',
  run: async (t) => {
    const bucket = await t.bucket();
    const ids = await startAll(t, bucket, ['k', 'k', 'k']);
    const subject = await t.subject(new ListMultipartUploadsCommand({ Bucket: bucket }));
    const { Uploads } = subject.expectOk();
    t.expectEqual((Uploads ?? []).map(({ UploadId }) => UploadId).sort(), ids.toSorted(), 'upload ids');
    const dates = (Uploads ?? []).map(({ Initiated }) => Initiated?.getTime() ?? 0);
    t.expectEqual(dates, dates.toSorted(), 'Initiated');
  },
});

type Input = Partial<ListMultipartUploadsCommandInput>;
const keys = ['a', 'b/1', 'b/2', 'c/1', 'd'];

const windows: readonly (readonly [string, Input, readonly string[], readonly string[]])[] = [
  ['prefix', { Prefix: 'b/' }, ['b/1', 'b/2'], []],
  ['delimiter', { Delimiter: '/' }, ['a', 'd'], ['b/', 'c/']],
  ['prefix-and-delimiter', { Prefix: 'b/', Delimiter: '/' }, ['b/1', 'b/2'], []],
  ['key-marker', { KeyMarker: 'b/1' }, ['b/2', 'c/1', 'd'], []],
];

defineTable(windows, ([condition, input, wantedKeys, prefixes]) => ({
  ...list,
  id: `ListMultipartUploads.window.${condition}`,
  feature: condition.includes('delimiter') ? 'listing-delimiter' : 'listing',
  run: async (t) => {
    const bucket = await t.bucket();
    await startAll(t, bucket, keys);
    const subject = await t.subject(new ListMultipartUploadsCommand({ Bucket: bucket, ...input }));
    const output = subject.expectOk();
    t.expectEqual(
      (output.Uploads ?? []).map(({ Key }) => Key),
      wantedKeys,
      'keys',
    );
    t.expectEqual(
      (output.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
      prefixes,
      'common prefixes',
    );
  },
}));

defineCase({
  ...list,
  id: 'ListMultipartUploads.pages.walked',
  title: 'page by page, each upload comes once, also those of the same key',
  feature: 'listing-pagination',
  run: async (t) => {
    const bucket = await t.bucket();
    const ids = await startAll(t, bucket, ['a', 'k', 'k', 'k', 'z']);
    const found: (string | undefined)[] = [];
    let markers: Input = {};
    for (let page = 1; page <= 3; page += 1) {
      const subject = await t.subject(new ListMultipartUploadsCommand({ Bucket: bucket, MaxUploads: 2, ...markers }));
      const output = subject.expectOk();
      t.expectEqual(output.IsTruncated, page < 3, `IsTruncated of page ${String(page)}`);
      found.push(...(output.Uploads ?? []).map(({ UploadId }) => UploadId));
      markers = { KeyMarker: output.NextKeyMarker, UploadIdMarker: output.NextUploadIdMarker };
    }
    t.expectEqual(found.toSorted(), ids.toSorted(), 'upload ids');
  },
});

defineCase({
  ...list,
  id: 'ListMultipartUploads.encoding-type.url',
  feature: 'listing-encoding',
  level: 'extended',
  run: async (t) => {
    const bucket = await t.bucket();
    await startAll(t, bucket, ['a b/ü']);
    const subject = await t.subject(new ListMultipartUploadsCommand({ Bucket: bucket, EncodingType: 'url' }));
    const { EncodingType, Uploads } = subject.expectOk();
    t.expectEqual(EncodingType, 'url', 'EncodingType');
    t.expectEqual(decodeURIComponent((Uploads?.[0]?.Key ?? '').replaceAll('+', ' ')), 'a b/ü', 'key');
    t.expectTrue(/%C3%BC/i.test(Uploads?.[0]?.Key ?? ''), 'the key is encoded');
  },
});

defineCase({
  ...list,
  id: 'ListMultipartUploads.bucket.missing',
  run: async (t) => {
    const subject = await t.subject(new ListMultipartUploadsCommand({ Bucket: t.bucketName() }));
    subject.expectError({ status: 404, code: 'NoSuchBucket' });
  },
});

defineTable(
  [
    ['max-uploads', 'many'],
    ['encoding-type', 'morse'],
  ] as const,
  ([parameter, value]) => ({
    ...list,
    id: `ListMultipartUploads.${parameter}.invalid`,
    feature: 'listing',
    level: 'extended',
    severity: 'minor',
    transport: 'raw',
    run: async (t) => {
      const bucket = await t.bucket();
      const query = [
        [parameter, value],
        ['uploads', ''],
      ] as const;
      const subject = await t.raw({ method: 'GET', path: t.path(bucket), query });
      subject.expectError({ status: 400, code: 'InvalidArgument' });
    },
  }),
);
