import { UploadPartCopyCommand } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { md5Hex } from '../../fixtures/digests.ts';
import {
  completion,
  expectParts,
  largePart,
  sendPart,
  startUpload,
  unknownUploadId,
} from '../../fixtures/multipart.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html';
const copy = {
  operation: 'UploadPartCopy',
  feature: 'multipart-copy',
  level: 'core',
  severity: 'major',
  reference,
} as const;

defineTable(['same-bucket', 'other-bucket'] as const, (where) => ({
  ...copy,
  id: `UploadPartCopy.whole-source.${where}`,
  title: 'an object becomes a part, and the object completed from it holds its bytes',
  severity: 'critical',
  run: async (t) => {
    const bucket = await t.bucket();
    const from = where === 'same-bucket' ? bucket : await t.bucket();
    await t.put(from, 'source', 'the source');
    const upload = await startUpload(t, bucket);
    const subject = await t.subject(
      new UploadPartCopyCommand({ ...upload, PartNumber: 1, CopySource: `${from}/source` }),
    );
    const { CopyPartResult } = subject.expectOk();
    subject.expectRoot('CopyPartResult');
    t.expectEqual(CopyPartResult?.ETag, `"${md5Hex('the source')}"`, 'ETag');
    t.expectTrue(CopyPartResult?.LastModified instanceof Date, 'LastModified is there', 'wrong-shape');
    await t.setup(completion(upload, [{ PartNumber: 1, ETag: CopyPartResult?.ETag }]));
    await t.expectObject(bucket, 'k', 'the source');
    await t.expectObject(from, 'source', 'the source');
  },
}));

defineCase({
  ...copy,
  id: 'UploadPartCopy.range.of-large-source',
  title: 'a range of a source of more than 5 MiB becomes a part',
  severity: 'critical',
  requires: ['large-object'],
  run: async (t) => {
    const bucket = await t.bucket();
    const source = Buffer.concat([largePart, Buffer.from('0123456789')]);
    await t.put(bucket, 'source', source);
    const upload = await startUpload(t, bucket);
    const first = largePart.length - 3;
    const subject = await t.subject(
      new UploadPartCopyCommand({
        ...upload,
        PartNumber: 1,
        CopySource: `${bucket}/source`,
        CopySourceRange: `bytes=${String(first)}-${String(largePart.length + 4)}`,
      }),
    );
    const wanted = source.subarray(first, largePart.length + 5);
    const { CopyPartResult } = subject.expectOk();
    t.expectEqual(CopyPartResult?.ETag, `"${md5Hex(wanted)}"`, 'ETag');
    await t.setup(completion(upload, [{ PartNumber: 1, ETag: CopyPartResult?.ETag }]));
    await t.expectObject(bucket, 'k', wanted);
  },
});

defineTable(
  [
    ['open-end', 'bytes=5-'],
    ['suffix', 'bytes=-5'],
    ['no-number', 'bytes=a-b'],
    ['past-last-byte', 'bytes=0-10'],
  ] as const,
  ([condition, range]) => ({
    ...copy,
    id: `UploadPartCopy.range.${condition}`,
    title: `a source range of ${range} of 10 bytes is refused`,
    level: 'extended',
    severity: 'minor',
    run: async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'source', '0123456789');
      const upload = await startUpload(t, bucket);
      const names = { ...upload, PartNumber: 1, CopySource: `${bucket}/source` };
      const subject = await t.subject(new UploadPartCopyCommand({ ...names, CopySourceRange: range }));
      subject.expectError({ status: 400 });
      await expectParts(t, upload, []);
    },
  }),
);

defineTable(
  [
    ['key', 'NoSuchKey'],
    ['bucket', 'NoSuchBucket'],
  ] as const,
  ([missing, code]) => ({
    ...copy,
    id: `UploadPartCopy.source.missing-${missing}`,
    run: async (t) => {
      const bucket = await t.bucket();
      const upload = await startUpload(t, bucket);
      await sendPart(t, upload, 1, 'before');
      const from = missing === 'key' ? bucket : t.bucketName();
      const subject = await t.subject(
        new UploadPartCopyCommand({ ...upload, PartNumber: 1, CopySource: `${from}/absent` }),
      );
      subject.expectError({ status: 404, code });
      await expectParts(t, upload, [[1, 6]]);
    },
  }),
);

defineCase({
  ...copy,
  id: 'UploadPartCopy.upload-id.unknown',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'source', 'v');
    const names = { Bucket: bucket, Key: 'k', UploadId: unknownUploadId };
    const subject = await t.subject(
      new UploadPartCopyCommand({ ...names, PartNumber: 1, CopySource: `${bucket}/source` }),
    );
    subject.expectError({ status: 404, code: 'NoSuchUpload' });
    await t.expectKeys(bucket, ['source']);
  },
});

defineTable(
  [
    ['if-match-other-etag', { CopySourceIfMatch: '"00000000000000000000000000000000"' }],
    ['if-unmodified-since-earlier', { CopySourceIfUnmodifiedSince: new Date('2001-02-03T04:05:06Z') }],
  ] as const,
  ([condition, input]) => ({
    ...copy,
    id: `UploadPartCopy.source-condition.${condition}`,
    feature: 'conditional-copy',
    run: async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'source', 'v');
      const upload = await startUpload(t, bucket);
      const names = { ...upload, PartNumber: 1, CopySource: `${bucket}/source` };
      const subject = await t.subject(new UploadPartCopyCommand({ ...names, ...input }));
      subject.expectError({ status: 412, code: 'PreconditionFailed' });
      await expectParts(t, upload, []);
    },
  }),
);

defineCase({
  ...copy,
  id: 'UploadPartCopy.part-number.10001',
  feature: 'part-number',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'source', 'v');
    const upload = await startUpload(t, bucket);
    const subject = await t.subject(
      new UploadPartCopyCommand({ ...upload, PartNumber: 10_001, CopySource: `${bucket}/source` }),
    );
    subject.expectError({ status: 400, code: 'InvalidArgument' });
    await expectParts(t, upload, []);
  },
});
