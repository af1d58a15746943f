import { AbortMultipartUploadCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { checksumOf, md5Base64, md5Hex } from '../../fixtures/digests.ts';
import {
  completion,
  expectParts,
  sendPart,
  startUpload,
  unknownUploadId,
  withoutChecksum,
} from '../../fixtures/multipart.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html';
const part = {
  operation: 'UploadPart',
  feature: 'multipart',
  level: 'core',
  severity: 'major',
  reference,
} as const;

defineTable([1, 2, 10_000], (partNumber) => ({
  ...part,
  id: `UploadPart.stored.number-${String(partNumber)}`,
  title: `part ${String(partNumber)} is kept, and makes no object yet`,
  severity: 'critical',
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket);
    const subject = await t.subject(new UploadPartCommand({ ...upload, PartNumber: partNumber, Body: 'the part' }));
    t.expectEqual(subject.expectOk().ETag, `"${md5Hex('the part')}"`, 'ETag', 'wrong-header');
    await expectParts(t, upload, [[partNumber, 8]]);
    await t.expectAbsent(bucket, 'k');
  },
}));

defineCase({
  ...part,
  id: 'UploadPart.sent-again.last-one-counts',
  title: 'a part sent again replaces the one before',
  severity: 'critical',
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket);
    await sendPart(t, upload, 1, 'the first try');
    const subject = await t.subject(new UploadPartCommand({ ...upload, PartNumber: 1, Body: 'second' }));
    const { ETag } = subject.expectOk();
    await expectParts(t, upload, [[1, 6]]);
    await t.setup(completion(upload, [{ PartNumber: 1, ETag }]));
    await t.expectObject(bucket, 'k', 'second');
  },
});

defineTable([0, 10_001, -1], (partNumber) => ({
  ...part,
  id: `UploadPart.part-number.${partNumber < 0 ? 'negative' : String(partNumber)}`,
  title: `a part number of ${String(partNumber)} is refused`,
  feature: 'part-number',
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket);
    const subject = await t.subject(new UploadPartCommand({ ...upload, PartNumber: partNumber, Body: 'v' }));
    subject.expectError({ status: 400, code: 'InvalidArgument' });
    await expectParts(t, upload, []);
  },
}));

defineTable(['unknown', 'of-another-key', 'aborted', 'completed'] as const, (which) => ({
  ...part,
  id: `UploadPart.upload-id.${which}`,
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket);
    if (which === 'aborted') await t.setup(new AbortMultipartUploadCommand(upload));
    if (which === 'completed') await t.setup(completion(upload, [await sendPart(t, upload, 1, 'v')]));
    const sent = {
      ...upload,
      ...(which === 'unknown' && { UploadId: unknownUploadId }),
      ...(which === 'of-another-key' && { Key: 'other' }),
    };
    const subject = await t.subject(new UploadPartCommand({ ...sent, PartNumber: 1, Body: 'late' }));
    subject.expectError({ status: 404, code: 'NoSuchUpload' });
    if (which === 'completed') await t.expectObject(bucket, 'k', 'v');
    else await t.expectKeys(bucket, []);
  },
}));

defineCase({
  ...part,
  id: 'UploadPart.content-md5.wrong',
  title: 'a part that differs from its Content-MD5 is refused, and the one before stays',
  feature: 'content-md5',
  severity: 'critical',
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket);
    await sendPart(t, upload, 1, 'before');
    const subject = await t.subject(
      new UploadPartCommand({ ...upload, PartNumber: 1, Body: 'another body', ContentMD5: md5Base64('no') }),
    );
    subject.expectError({ status: 400, code: 'BadDigest' });
    await expectParts(t, upload, [[1, 6]]);
  },
});

defineCase({
  ...part,
  id: 'UploadPart.content-length.missing',
  feature: 'http',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html',
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket);
    const query = [
      ['partNumber', '1'],
      ['uploadId', upload.UploadId],
    ] as const;
    const subject = await t.raw({ method: 'PUT', path: t.path(bucket, 'k'), query, framing: 'none' });
    subject.expectError({ status: 411, code: 'MissingContentLength' });
    await expectParts(t, upload, []);
  },
});

defineCase({
  ...part,
  id: 'UploadPart.upload-id.without-part-number',
  title: 'a PUT with an uploadId and no partNumber does not overwrite the object',
  feature: 'do-no-harm',
  severity: 'critical',
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'before');
    const upload = await startUpload(t, bucket);
    const query = [['uploadId', upload.UploadId]] as const;
    const subject = await t.raw({ method: 'PUT', path: t.path(bucket, 'k'), query, body: 'the part' });
    subject.expectError({ status: 400 });
    await t.expectObject(bucket, 'k', 'before');
  },
});

defineCase({
  ...part,
  id: 'UploadPart.checksum.composite-sent',
  title: 'the checksum of a part of a SHA256 upload is given back',
  feature: 'checksum',
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket, { ChecksumAlgorithm: 'SHA256' });
    const ChecksumSHA256 = checksumOf('SHA256', 'the part');
    const subject = await t.subject(
      new UploadPartCommand({ ...upload, PartNumber: 1, Body: 'the part', ChecksumSHA256 }),
    );
    subject.expectOk();
    subject.expectHeader('x-amz-checksum-sha256', ChecksumSHA256);
  },
});

defineCase({
  ...part,
  id: 'UploadPart.checksum.wrong',
  title: 'a part that differs from its checksum is refused, and the one before stays',
  feature: 'checksum',
  severity: 'critical',
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket);
    await sendPart(t, upload, 1, 'before');
    const ChecksumCRC32 = checksumOf('CRC32', 'other bytes');
    const subject = await t.subject(
      new UploadPartCommand({ ...upload, PartNumber: 1, Body: 'these bytes', ChecksumCRC32 }),
    );
    subject.expectError({ status: 400, code: 'BadDigest' });
    await expectParts(t, upload, [[1, 6]]);
  },
});

defineTable(['other-algorithm', 'none'] as const, (sent) => ({
  ...part,
  id: `UploadPart.checksum.composite-${sent}`,
  title:
    sent === 'none'
      ? 'a part without a checksum is refused by an upload whose checksum is composite'
      : 'a part with the checksum of another algorithm than its upload is refused',
  feature: 'checksum',
  level: 'extended',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/tutorial-s3-mpu-additional-checksums.html',
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket, { ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE' });
    const checksum = sent === 'none' ? {} : { ChecksumCRC32: checksumOf('CRC32', 'v') };
    const subject = await t.subject(
      new UploadPartCommand({ ...upload, PartNumber: 1, Body: 'v', ...checksum }),
      withoutChecksum,
    );
    subject.expectError({ status: 400, code: 'InvalidRequest' });
    await expectParts(t, upload, []);
  },
}));

defineCase({
  ...part,
  id: 'UploadPart.checksum.full-object-none',
  title: 'an upload whose checksum is of the full object takes parts without one',
  feature: 'checksum',
  level: 'extended',
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket, { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' });
    const subject = await t.subject(
      new UploadPartCommand({ ...upload, PartNumber: 1, Body: 'the part' }),
      withoutChecksum,
    );
    t.expectEqual(subject.expectOk().ETag, `"${md5Hex('the part')}"`, 'ETag', 'wrong-header');
    await expectParts(t, upload, [[1, 8]]);
  },
});
