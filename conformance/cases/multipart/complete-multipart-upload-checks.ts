import { CompleteMultipartUploadCommand, HeadObjectCommand, type CompletedPart } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { checksumOf, compositeChecksum } from '../../fixtures/digests.ts';
import {
  complete,
  expectParts,
  largePart,
  sendPart,
  sendPartWithSha256,
  startUpload,
} from '../../fixtures/multipart.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html';
const completes = {
  operation: 'CompleteMultipartUpload',
  level: 'core',
  severity: 'critical',
  reference,
} as const;
const integrity = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html';

defineTable(
  [
    ['if-none-match.existing-key', { IfNoneMatch: '*' }],
    ['if-match.other-etag', { IfMatch: '"00000000000000000000000000000000"' }],
  ] as const,
  ([condition, input]) => ({
    ...completes,
    id: `CompleteMultipartUpload.${condition}`,
    title: 'a condition that does not hold leaves the object and the upload as they are',
    feature: 'conditional-write',
    reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html',
    clients: ['iceberg'],
    run: async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'k', 'before');
      const upload = await startUpload(t, bucket);
      const part = await sendPart(t, upload, 1, 'after');
      const subject = await complete(t, upload, [part], input);
      subject.expectError({ status: 412, code: 'PreconditionFailed' });
      await t.expectObject(bucket, 'k', 'before');
    },
  }),
);

defineTable(['if-none-match.new-key', 'if-match.same-etag'] as const, (condition) => ({
  ...completes,
  id: `CompleteMultipartUpload.${condition}`,
  title: 'a condition that holds lets the object be made',
  feature: 'conditional-write',
  severity: 'major',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html',
  clients: ['iceberg'],
  run: async (t) => {
    const bucket = await t.bucket();
    const isNew = condition === 'if-none-match.new-key';
    const input = isNew ? { IfNoneMatch: '*' } : { IfMatch: await t.put(bucket, 'k', 'before') };
    const upload = await startUpload(t, bucket);
    const part = await sendPart(t, upload, 1, 'after');
    const subject = await complete(t, upload, [part], input);
    t.expectMatch(subject.expectOk().ETag, /^"[0-9a-f]{32}-1"$/, 'ETag');
    await t.expectObject(bucket, 'k', 'after');
  },
}));

defineCase({
  ...completes,
  id: 'CompleteMultipartUpload.object-size.other',
  title: 'x-amz-mp-object-size that is not the size of the parts together is refused',
  feature: 'multipart',
  level: 'extended',
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket);
    const part = await sendPart(t, upload, 1, 'four');
    const subject = await complete(t, upload, [part], { MpuObjectSize: 5 });
    subject.expectError({ status: 400, code: 'InvalidRequest' });
    await t.expectAbsent(bucket, 'k');
  },
});

defineCase({
  ...completes,
  id: 'CompleteMultipartUpload.checksum.composite',
  title: 'the checksum of a composite upload is that of the checksums of its parts',
  feature: 'checksum',
  severity: 'major',
  reference: integrity,
  requires: ['large-object'],
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket, { ChecksumAlgorithm: 'SHA256' });
    const bodies = [largePart, Buffer.from('the second part')];
    const parts: CompletedPart[] = [];
    for (const [index, body] of bodies.entries()) {
      parts.push(await sendPartWithSha256(t, upload, index + 1, body));
    }
    const subject = await complete(t, upload, parts);
    const output = subject.expectOk();
    t.expectEqual(output.ChecksumSHA256, compositeChecksum('SHA256', bodies), 'ChecksumSHA256');
    t.expectEqual(output.ChecksumType, 'COMPOSITE', 'ChecksumType');
    const head = await t.observe(new HeadObjectCommand({ Bucket: bucket, Key: 'k', ChecksumMode: 'ENABLED' }));
    t.expectEqual(head.output?.ChecksumSHA256, compositeChecksum('SHA256', bodies), 'checksum of the object');
  },
});

defineTable(['missing', 'wrong'] as const, (condition) => ({
  ...completes,
  id: `CompleteMultipartUpload.checksum.composite-part-${condition}`,
  title: `the checksum of a part that is ${condition} in the document is refused`,
  feature: 'checksum',
  level: 'extended',
  reference: integrity,
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket, { ChecksumAlgorithm: 'SHA256' });
    const part = await sendPartWithSha256(t, upload, 1, 'v');
    const ChecksumSHA256 = condition === 'missing' ? undefined : checksumOf('SHA256', 'w');
    const named = { ...part, ChecksumSHA256 };
    const subject = await complete(t, upload, [named]);
    subject.expectError({ status: 400, code: condition === 'missing' ? 'InvalidRequest' : 'InvalidPart' });
    await t.expectAbsent(bucket, 'k');
    await expectParts(t, upload, [[1, 1]]);
  },
}));

defineCase({
  ...completes,
  id: 'CompleteMultipartUpload.checksum.composite-numbers-with-gap',
  title: 'parts with checksums have to be numbered from 1 without a gap',
  feature: 'checksum',
  level: 'extended',
  severity: 'minor',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompletedPart.html',
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket, { ChecksumAlgorithm: 'SHA256' });
    const part = await sendPartWithSha256(t, upload, 2, 'v');
    const subject = await complete(t, upload, [part]);
    subject.expectError({ status: 400, code: 'InvalidPartOrder' });
    await t.expectAbsent(bucket, 'k');
  },
});

defineTable(['CRC32', 'CRC32C', 'CRC64NVME'] as const, (algorithm) => ({
  ...completes,
  id: `CompleteMultipartUpload.checksum.full-object-${algorithm.toLowerCase()}`,
  title: `${algorithm} of the full object is that of the bytes, in the answer and of the object`,
  feature: 'checksum',
  severity: 'major',
  reference: integrity,
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket, { ChecksumAlgorithm: algorithm, ChecksumType: 'FULL_OBJECT' });
    const part = await sendPart(t, upload, 1, 'the whole body');
    const name = `Checksum${algorithm}` as const;
    const value = checksumOf(algorithm, 'the whole body');
    const subject = await complete(t, upload, [part], { [name]: value, ChecksumType: 'FULL_OBJECT' });
    const output = subject.expectOk();
    t.expectEqual(output[name], value, name);
    t.expectEqual(output.ChecksumType, 'FULL_OBJECT', 'ChecksumType');
    const head = await t.observe(new HeadObjectCommand({ Bucket: bucket, Key: 'k', ChecksumMode: 'ENABLED' }));
    t.expectEqual(head.output?.[name], value, 'checksum of the object', 'wrong-header');
  },
}));

defineCase({
  ...completes,
  id: 'CompleteMultipartUpload.checksum.full-object-wrong',
  title: 'a checksum of the full object that is not its own is refused',
  feature: 'checksum',
  reference: integrity,
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket, { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' });
    const part = await sendPart(t, upload, 1, 'these bytes');
    const ChecksumCRC32 = checksumOf('CRC32', 'other bytes');
    const MultipartUpload = { Parts: [part] };
    const subject = await t.subject(
      new CompleteMultipartUploadCommand({ ...upload, MultipartUpload, ChecksumCRC32, ChecksumType: 'FULL_OBJECT' }),
    );
    subject.expectError({ status: 400, code: 'BadDigest' });
    await t.expectAbsent(bucket, 'k');
  },
});
