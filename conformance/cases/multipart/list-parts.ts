import { ListPartsCommand } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { md5Hex } from '../../fixtures/digests.ts';
import { sendPart, sendPartWithSha256, startUpload, unknownUploadId } from '../../fixtures/multipart.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html';
const list = { operation: 'ListParts', feature: 'multipart', level: 'core', severity: 'major', reference } as const;

defineCase({
  ...list,
  id: 'ListParts.some-parts.described',
  title: 'the parts in the order of their numbers, each with size, ETag and date',
  clients: ['s3a'],
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket);
    for (const [partNumber, body] of [
      [11, 'eleven'],
      [2, 'two'],
      [1, 'one'],
    ] as const) {
      await sendPart(t, upload, partNumber, body);
    }
    const subject = await t.subject(new ListPartsCommand(upload));
    const output = subject.expectOk();
    subject.expectRoot('ListPartsResult');
    t.expectEqual([output.Bucket, output.Key, output.UploadId], Object.values(upload), 'Bucket, Key, UploadId');
    t.expectEqual(output.IsTruncated, false, 'IsTruncated');
    t.expectEqual(output.StorageClass, 'STANDARD', 'StorageClass');
    t.expectTrue(
      output.Owner?.ID !== undefined && output.Initiator?.ID !== undefined,
      'Owner, Initiator',
      'wrong-shape',
    );
    const parts = (output.Parts ?? []).map(({ PartNumber, Size, ETag }) => [PartNumber, Size, ETag]);
    const wanted = [
      [1, 3, `"${md5Hex('one')}"`],
      [2, 3, `"${md5Hex('two')}"`],
      [11, 6, `"${md5Hex('eleven')}"`],
    ];
    t.expectEqual(parts, wanted, 'parts');
    t.expectTrue(output.Parts?.every(({ LastModified }) => LastModified instanceof Date) === true, 'LastModified');
  },
});

defineCase({
  ...list,
  id: 'ListParts.no-parts.empty-list',
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket);
    const subject = await t.subject(new ListPartsCommand(upload));
    const output = subject.expectOk();
    t.expectEqual([output.UploadId, output.Parts ?? []], [upload.UploadId, []], 'UploadId and parts');
  },
});

defineTable(
  [
    ['first-page', { MaxParts: 2 }, [1, 2], true],
    ['second-page', { MaxParts: 2, PartNumberMarker: '2' }, [3, 40], false],
    ['marker-between', { PartNumberMarker: '20' }, [40], false],
    ['marker-at-end', { PartNumberMarker: '40' }, [], false],
  ] as const,
  ([condition, input, numbers, isTruncated]) => ({
    ...list,
    id: `ListParts.pages.${condition}`,
    title: `of the parts 1, 2, 3, 40: ${numbers.join(', ') || 'none'}`,
    feature: 'listing-pagination',
    run: async (t) => {
      const bucket = await t.bucket();
      const upload = await startUpload(t, bucket);
      for (const partNumber of [1, 2, 3, 40]) await sendPart(t, upload, partNumber, 'v');
      const subject = await t.subject(new ListPartsCommand({ ...upload, ...input }));
      const output = subject.expectOk();
      t.expectEqual(
        (output.Parts ?? []).map(({ PartNumber }) => PartNumber),
        numbers,
        'part numbers',
      );
      t.expectEqual(output.IsTruncated, isTruncated, 'IsTruncated');
      if (isTruncated) t.expectEqual(output.NextPartNumberMarker, String(numbers.at(-1)), 'NextPartNumberMarker');
    },
  }),
);

defineCase({
  ...list,
  id: 'ListParts.checksum.of-each-part',
  feature: 'checksum',
  level: 'extended',
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket, { ChecksumAlgorithm: 'SHA256' });
    const { ChecksumSHA256 } = await sendPartWithSha256(t, upload, 1, 'v');
    const subject = await t.subject(new ListPartsCommand(upload));
    const output = subject.expectOk();
    t.expectEqual([output.ChecksumAlgorithm, output.ChecksumType], ['SHA256', 'COMPOSITE'], 'algorithm and type');
    t.expectEqual(output.Parts?.[0]?.ChecksumSHA256, ChecksumSHA256, 'ChecksumSHA256');
  },
});

defineTable(['upload', 'bucket'] as const, (missing) => ({
  ...list,
  id: `ListParts.${missing}.missing`,
  run: async (t) => {
    const bucket = missing === 'upload' ? await t.bucket() : t.bucketName();
    const subject = await t.subject(new ListPartsCommand({ Bucket: bucket, Key: 'k', UploadId: unknownUploadId }));
    subject.expectError({ status: 404, code: missing === 'upload' ? 'NoSuchUpload' : 'NoSuchBucket' });
  },
}));
