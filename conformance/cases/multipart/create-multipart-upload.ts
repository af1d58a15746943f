import {
  CreateMultipartUploadCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  type CreateMultipartUploadCommandInput,
} from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { expectHonouredOrRefused } from '../../fixtures/lacked-feature.ts';
import { completion, sendPart, startUpload } from '../../fixtures/multipart.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html';
const create = {
  operation: 'CreateMultipartUpload',
  feature: 'multipart',
  level: 'core',
  severity: 'major',
  reference,
} as const;

defineCase({
  ...create,
  id: 'CreateMultipartUpload.new-key.begun',
  title: 'an upload is begun and listed, and no object is there yet',
  severity: 'critical',
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.subject(new CreateMultipartUploadCommand({ Bucket: bucket, Key: 'a/k' }));
    const { Bucket, Key, UploadId } = subject.expectOk();
    subject.expectRoot('InitiateMultipartUploadResult');
    t.expectEqual([Bucket, Key], [bucket, 'a/k'], 'Bucket and Key');
    t.expectTrue(UploadId !== undefined && UploadId !== '', 'an UploadId', 'wrong-shape');
    await t.expectAbsent(bucket, 'a/k');
    const { output } = await t.observe(new ListMultipartUploadsCommand({ Bucket: bucket }));
    t.expectEqual(
      output?.Uploads?.map((upload) => upload.UploadId),
      [UploadId],
      'listed uploads',
      'ignored',
    );
  },
});

defineCase({
  ...create,
  id: 'CreateMultipartUpload.existing-key.kept',
  title: 'beginning an upload changes nothing of the object that is there',
  severity: 'critical',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'before');
    const subject = await t.subject(new CreateMultipartUploadCommand({ Bucket: bucket, Key: 'k' }));
    t.expectTrue(subject.expectOk().UploadId !== undefined, 'an UploadId', 'wrong-shape');
    await t.expectObject(bucket, 'k', 'before');
  },
});

defineCase({
  ...create,
  id: 'CreateMultipartUpload.same-key.upload-ids-differ',
  run: async (t) => {
    const bucket = await t.bucket();
    const first = await startUpload(t, bucket);
    const subject = await t.subject(new CreateMultipartUploadCommand({ Bucket: bucket, Key: 'k' }));
    const { UploadId } = subject.expectOk();
    t.expectTrue(UploadId !== undefined && UploadId !== first.UploadId, 'another UploadId', 'wrong-body');
    const { output } = await t.observe(new ListMultipartUploadsCommand({ Bucket: bucket }));
    t.expectEqual(output?.Uploads?.length, 2, 'listed uploads', 'ignored');
  },
});

defineCase({
  ...create,
  id: 'CreateMultipartUpload.attributes.of-the-object',
  title: 'metadata and headers given at the beginning are those of the completed object',
  feature: 'object-metadata',
  clients: ['s3a', 'rclone'],
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.subject(
      new CreateMultipartUploadCommand({
        Bucket: bucket,
        Key: 'k',
        ContentType: 'text/x-part',
        CacheControl: 'no-cache',
        ContentDisposition: 'inline',
        Metadata: { colour: 'blue' },
      }),
    );
    const { UploadId = '' } = subject.expectOk();
    const upload = { Bucket: bucket, Key: 'k', UploadId };
    await t.setup(completion(upload, [await sendPart(t, upload, 1, 'v')]));
    const { output } = await t.observe(new HeadObjectCommand({ Bucket: bucket, Key: 'k' }));
    t.expectEqual({ ...output?.Metadata }, { colour: 'blue' }, 'user metadata', 'ignored');
    const headers = [output?.ContentType, output?.CacheControl, output?.ContentDisposition];
    t.expectEqual(headers, ['text/x-part', 'no-cache', 'inline'], 'system headers', 'ignored');
  },
});

defineCase({
  ...create,
  id: 'CreateMultipartUpload.tagging.of-the-object',
  feature: 'object-tagging',
  level: 'extended',
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.subject(new CreateMultipartUploadCommand({ Bucket: bucket, Key: 'k', Tagging: 'a=1' }));
    const { UploadId = '' } = subject.expectOk();
    const upload = { Bucket: bucket, Key: 'k', UploadId };
    await t.setup(completion(upload, [await sendPart(t, upload, 1, 'v')]));
    const { output } = await t.observe(new GetObjectTaggingCommand({ Bucket: bucket, Key: 'k' }));
    t.expectEqual(output?.TagSet, [{ Key: 'a', Value: '1' }], 'tags', 'ignored');
  },
});

defineCase({
  ...create,
  id: 'CreateMultipartUpload.bucket.missing',
  run: async (t) => {
    const bucket = t.bucketName();
    const subject = await t.subject(new CreateMultipartUploadCommand({ Bucket: bucket, Key: 'k' }));
    subject.expectError({ status: 404, code: 'NoSuchBucket' });
    await t.expectBucketAbsent(bucket);
  },
});

defineCase({
  ...create,
  id: 'CreateMultipartUpload.checksum.algorithm-echoed',
  feature: 'checksum',
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.subject(
      new CreateMultipartUploadCommand({ Bucket: bucket, Key: 'k', ChecksumAlgorithm: 'SHA256' }),
    );
    const output = subject.expectOk();
    t.expectEqual(output.ChecksumAlgorithm, 'SHA256', 'x-amz-checksum-algorithm', 'wrong-header');
    t.expectEqual(output.ChecksumType, 'COMPOSITE', 'x-amz-checksum-type', 'wrong-header');
  },
});

type Input = Partial<CreateMultipartUploadCommandInput>;

const refused: readonly (readonly [string, Input, 'checksum' | 'storage-class' | 'key-encoding', string])[] = [
  ['checksum.unknown-algorithm', { ChecksumAlgorithm: 'CRC7' as 'CRC32' }, 'checksum', 'InvalidRequest'],
  [
    'checksum.sha256-full-object',
    { ChecksumAlgorithm: 'SHA256', ChecksumType: 'FULL_OBJECT' },
    'checksum',
    'InvalidRequest',
  ],
  [
    'checksum.crc64nvme-composite',
    { ChecksumAlgorithm: 'CRC64NVME', ChecksumType: 'COMPOSITE' },
    'checksum',
    'InvalidRequest',
  ],
  ['storage-class.unknown', { StorageClass: 'NO_SUCH_CLASS' as 'STANDARD' }, 'storage-class', 'InvalidStorageClass'],
  ['key.too-long', { Key: 'k'.repeat(1025) }, 'key-encoding', 'KeyTooLongError'],
];

defineTable(refused, ([condition, input, feature, code]) => ({
  ...create,
  id: `CreateMultipartUpload.${condition}`,
  feature,
  level: 'extended',
  severity: 'minor',
  reference:
    feature === 'checksum'
      ? 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html'
      : reference,
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.subject(new CreateMultipartUploadCommand({ Bucket: bucket, Key: 'k', ...input }));
    subject.expectError({ status: 400, code });
    const { output } = await t.observe(new ListMultipartUploadsCommand({ Bucket: bucket }));
    t.expectEqual(output?.Uploads ?? [], [], 'uploads begun', 'state-damaged');
  },
}));

const lackable: readonly (readonly [string, Input, string, RegExp])[] = [
  ['sse-s3', { ServerSideEncryption: 'AES256' }, 'x-amz-server-side-encryption', /^AES256$/],
  ['legal-hold', { ObjectLockLegalHoldStatus: 'ON' }, 'x-amz-object-lock-legal-hold', /^ON$/],
  ['website-redirect', { WebsiteRedirectLocation: '/x' }, 'x-amz-website-redirect-location', /^\/x$/],
];

defineTable(lackable, ([condition, input, header, value]) => ({
  ...create,
  id: `CreateMultipartUpload.lacked-feature.${condition}`,
  title: `a request for ${condition} is honoured or refused, never passed over`,
  feature: 'header-refusal',
  severity: 'critical',
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.subject(new CreateMultipartUploadCommand({ Bucket: bucket, Key: 'k', ...input }));
    await expectHonouredOrRefused(t, subject, {
      honoured: async () => {
        const upload = { Bucket: bucket, Key: 'k', UploadId: subject.expectOk().UploadId ?? '' };
        await t.setup(completion(upload, [await sendPart(t, upload, 1, 'v')]));
        const { response } = await t.observe(new HeadObjectCommand({ Bucket: bucket, Key: 'k' }));
        t.expectMatch(response?.headers[header], value, header, 'ignored');
      },
      unchanged: async () => {
        const { output } = await t.observe(new ListMultipartUploadsCommand({ Bucket: bucket }));
        t.expectEqual(output?.Uploads ?? [], [], 'uploads begun', 'state-damaged');
      },
    });
  },
}));
