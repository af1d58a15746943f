import { AbortMultipartUploadCommand, ListPartsCommand } from '@aws-sdk/client-s3';
import { defineCase } from '../../engine/define-case.ts';
import { completion, expectParts, sendPart, startUpload, unknownUploadId } from '../../fixtures/multipart.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html';
const abort = {
  operation: 'AbortMultipartUpload',
  feature: 'multipart',
  level: 'core',
  severity: 'major',
  reference,
} as const;

defineCase({
  ...abort,
  id: 'AbortMultipartUpload.in-progress.over',
  title: 'the upload and its parts are gone, and no object is made',
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket);
    await sendPart(t, upload, 1, 'v');
    const subject = await t.subject(new AbortMultipartUploadCommand(upload));
    subject.expectOk(204);
    const parts = await t.observe(new ListPartsCommand(upload));
    t.expectEqual(parts.response?.status, 404, 'status of ListParts', 'ignored');
    await t.expectAbsent(bucket, 'k');
  },
});

defineCase({
  ...abort,
  id: 'AbortMultipartUpload.existing-key.kept',
  title: 'the object under the key of the upload stays',
  severity: 'critical',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'before');
    const upload = await startUpload(t, bucket);
    await sendPart(t, upload, 1, 'after');
    const subject = await t.subject(new AbortMultipartUploadCommand(upload));
    subject.expectOk(204);
    await t.expectObject(bucket, 'k', 'before');
  },
});

defineCase({
  ...abort,
  id: 'AbortMultipartUpload.same-key.other-upload-kept',
  title: 'another upload of the same key goes on, and can be completed',
  severity: 'critical',
  run: async (t) => {
    const bucket = await t.bucket();
    const kept = await startUpload(t, bucket);
    const part = await sendPart(t, kept, 1, 'kept');
    const upload = await startUpload(t, bucket);
    await sendPart(t, upload, 1, 'aborted');
    const subject = await t.subject(new AbortMultipartUploadCommand(upload));
    subject.expectOk(204);
    await expectParts(t, kept, [[1, 4]]);
    await t.setup(completion(kept, [part]));
    await t.expectObject(bucket, 'k', 'kept');
  },
});

defineCase({
  ...abort,
  id: 'AbortMultipartUpload.upload-id.unknown',
  title: 'an unknown upload id is refused; the object and another upload of the key stay',
  severity: 'critical',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'before');
    const upload = await startUpload(t, bucket);
    await sendPart(t, upload, 1, 'part');
    const subject = await t.subject(
      new AbortMultipartUploadCommand({ Bucket: bucket, Key: 'k', UploadId: unknownUploadId }),
    );
    subject.expectError({ status: 404, code: 'NoSuchUpload' });
    await t.expectObject(bucket, 'k', 'before');
    await expectParts(t, upload, [[1, 4]]);
  },
});

defineCase({
  ...abort,
  id: 'AbortMultipartUpload.upload-id.of-another-key',
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket);
    await sendPart(t, upload, 1, 'part');
    const subject = await t.subject(new AbortMultipartUploadCommand({ ...upload, Key: 'other' }));
    subject.expectError({ status: 404, code: 'NoSuchUpload' });
    await expectParts(t, upload, [[1, 4]]);
  },
});

defineCase({
  ...abort,
  id: 'AbortMultipartUpload.upload-id.empty',
  title: 'DELETE with an empty uploadId does not delete the object',
  feature: 'do-no-harm',
  severity: 'critical',
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'before');
    const subject = await t.raw({ method: 'DELETE', path: t.path(bucket, 'k'), query: 'uploadId=' });
    subject.expectError({ status: 404, code: 'NoSuchUpload' });
    await t.expectObject(bucket, 'k', 'before');
  },
});

defineCase({
  ...abort,
  id: 'AbortMultipartUpload.bucket.missing',
  run: async (t) => {
    const bucket = t.bucketName();
    const subject = await t.subject(
      new AbortMultipartUploadCommand({ Bucket: bucket, Key: 'k', UploadId: unknownUploadId }),
    );
    subject.expectError({ status: 404, code: 'NoSuchBucket' });
    await t.expectBucketAbsent(bucket);
  },
});
