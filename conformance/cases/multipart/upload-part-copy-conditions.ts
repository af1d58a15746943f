import { ListPartsCommand, UploadPartCopyCommand, type UploadPartCopyCommandInput } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { checksumOf, md5Hex } from '../../fixtures/digests.ts';
import { hardKeys } from '../../fixtures/hard-keys.ts';
import { expectParts, sendPart, startUpload } from '../../fixtures/multipart.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html';
const copy = { operation: 'UploadPartCopy', level: 'core', severity: 'major', reference } as const;

type Condition = Partial<UploadPartCopyCommandInput>;

const anHour = 3_600_000;
const earlier = (): Date => new Date(Date.now() - anHour);
const other = '"00000000000000000000000000000000"';

/** The source is written just before; what the condition is made from is its ETag. */
const holding: readonly (readonly [string, (etag: string) => Condition])[] = [
  ['if-match-same-etag', (etag) => ({ CopySourceIfMatch: etag })],
  ['if-none-match-other-etag', () => ({ CopySourceIfNoneMatch: other })],
  ['if-modified-since-earlier', () => ({ CopySourceIfModifiedSince: earlier() })],
  [
    'if-match-with-if-unmodified-since',
    (etag) => ({ CopySourceIfMatch: etag, CopySourceIfUnmodifiedSince: earlier() }),
  ],
];

defineTable(holding, ([condition, input]) => ({
  ...copy,
  id: `UploadPartCopy.source-condition.${condition}`,
  title: `${condition.replaceAll('-', ' ')}: the condition holds, and the part is copied`,
  feature: 'conditional-copy',
  run: async (t) => {
    const bucket = await t.bucket();
    const etag = await t.put(bucket, 'source', 'the source');
    const upload = await startUpload(t, bucket);
    const names = { ...upload, PartNumber: 1, CopySource: `${bucket}/source` };
    const subject = await t.subject(new UploadPartCopyCommand({ ...names, ...input(etag) }));
    t.expectEqual(subject.expectOk().CopyPartResult?.ETag, `"${md5Hex('the source')}"`, 'ETag');
    await expectParts(t, upload, [[1, 10]]);
  },
}));

const failing: readonly (readonly [string, (etag: string) => Condition])[] = [
  ['if-none-match-same-etag', (etag) => ({ CopySourceIfNoneMatch: etag })],
  [
    'if-none-match-with-if-modified-since',
    (etag) => ({ CopySourceIfNoneMatch: etag, CopySourceIfModifiedSince: earlier() }),
  ],
];

defineTable(failing, ([condition, input]) => ({
  ...copy,
  id: `UploadPartCopy.source-condition.${condition}`,
  title: `${condition.replaceAll('-', ' ')}: 412, and the part that was there stays`,
  feature: 'conditional-copy',
  run: async (t) => {
    const bucket = await t.bucket();
    const etag = await t.put(bucket, 'source', 'the source');
    const upload = await startUpload(t, bucket);
    await sendPart(t, upload, 1, 'before');
    const names = { ...upload, PartNumber: 1, CopySource: `${bucket}/source` };
    const subject = await t.subject(new UploadPartCopyCommand({ ...names, ...input(etag) }));
    subject.expectError({ status: 412, code: 'PreconditionFailed' });
    await expectParts(t, upload, [[1, 6]]);
  },
}));

defineTable(hardKeys, ([condition, name]) => ({
  ...copy,
  id: `UploadPartCopy.source-key.${condition}`,
  title: `an object under a key (${condition.replaceAll('-', ' ')}) can be copied into a part`,
  feature: 'key-encoding',
  level: 'extended',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, name, condition);
    const upload = await startUpload(t, bucket, { Key: 'target' });
    const CopySource = `${bucket}/${name.split('/').map(encodeURIComponent).join('/')}`;
    const subject = await t.subject(new UploadPartCopyCommand({ ...upload, PartNumber: 1, CopySource }));
    t.expectEqual(subject.expectOk().CopyPartResult?.ETag, `"${md5Hex(condition)}"`, 'ETag');
    await expectParts(t, upload, [[1, condition.length]]);
  },
}));

defineTable([0, -1], (partNumber) => ({
  ...copy,
  id: `UploadPartCopy.part-number.${partNumber < 0 ? 'negative' : String(partNumber)}`,
  title: `a part number of ${String(partNumber)} is refused`,
  feature: 'part-number',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'source', 'v');
    const upload = await startUpload(t, bucket);
    const input = { ...upload, PartNumber: partNumber, CopySource: `${bucket}/source` };
    const subject = await t.subject(new UploadPartCopyCommand(input));
    subject.expectError({ status: 400, code: 'InvalidArgument' });
    await expectParts(t, upload, []);
  },
}));

defineCase({
  ...copy,
  id: 'UploadPartCopy.sent-again.last-one-counts',
  title: 'a part copied again replaces the one before',
  feature: 'multipart-copy',
  severity: 'critical',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'source', 'the source');
    const upload = await startUpload(t, bucket);
    await sendPart(t, upload, 1, 'before');
    const input = { ...upload, PartNumber: 1, CopySource: `${bucket}/source` };
    const { CopyPartResult } = (await t.subject(new UploadPartCopyCommand(input))).expectOk();
    t.expectEqual(CopyPartResult?.ETag, `"${md5Hex('the source')}"`, 'ETag');
    await expectParts(t, upload, [[1, 10]]);
  },
});

defineCase({
  ...copy,
  id: 'UploadPartCopy.checksum.of-the-upload',
  title: 'a part copied into an upload with an algorithm has a checksum by it',
  feature: 'checksum',
  level: 'extended',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'source', 'the source');
    const upload = await startUpload(t, bucket, { ChecksumAlgorithm: 'SHA256' });
    const input = { ...upload, PartNumber: 1, CopySource: `${bucket}/source` };
    const { CopyPartResult } = (await t.subject(new UploadPartCopyCommand(input))).expectOk();
    t.expectEqual(CopyPartResult?.ChecksumSHA256, checksumOf('SHA256', 'the source'), 'ChecksumSHA256');
    const { output } = await t.observe(new ListPartsCommand(upload));
    t.expectEqual(output?.Parts?.[0]?.ChecksumSHA256, checksumOf('SHA256', 'the source'), 'listed', 'ignored');
  },
});
