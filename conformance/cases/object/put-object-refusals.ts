import { HeadObjectCommand, PutObjectCommand, type PutObjectCommandInput } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { checksumOf, md5Base64 } from '../../fixtures/digests.ts';
import { expectHonouredOrRefused } from '../../fixtures/lacked-feature.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html';
const errors = 'https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html';
const put = { operation: 'PutObject', level: 'core', severity: 'major', reference } as const;

defineCase({
  ...put,
  id: 'PutObject.bucket.missing',
  feature: 'object-basics',
  run: async (t) => {
    const bucket = t.bucketName();
    const subject = await t.subject(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: 'v' }));
    subject.expectError({ status: 404, code: 'NoSuchBucket' });
    await t.expectBucketAbsent(bucket);
  },
});

defineCase({
  ...put,
  id: 'PutObject.content-md5.right',
  feature: 'content-md5',
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.subject(
      new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: 'value', ContentMD5: md5Base64('value') }),
    );
    subject.expectOk();
    await t.expectObject(bucket, 'k', 'value');
  },
});

defineTable(
  [
    ['wrong', md5Base64('another value'), 'BadDigest'],
    ['malformed', 'not an MD5', 'InvalidDigest'],
  ] as const,
  ([condition, md5, code]) => ({
    ...put,
    id: `PutObject.content-md5.${condition}`,
    title: `a ${condition} Content-MD5 is refused, and the object that was there stays`,
    feature: 'content-md5',
    severity: 'critical',
    run: async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'k', 'before');
      const subject = await t.subject(
        new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: 'value', ContentMD5: md5 }),
      );
      subject.expectError({ status: 400, code });
      await t.expectObject(bucket, 'k', 'before');
    },
  }),
);

defineCase({
  ...put,
  id: 'PutObject.payload-hash.of-other-bytes',
  title: 'a body that differs from its signed hash is refused',
  feature: 'payload-hash',
  severity: 'critical',
  reference: errors,
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    const payload = Buffer.from(checksumOf('SHA256', 'other bytes'), 'base64').toString('hex');
    const subject = await t.raw({ method: 'PUT', path: t.path(bucket, 'k'), body: 'these bytes', payload });
    subject.expectError({ status: 400, code: 'XAmzContentSHA256Mismatch' });
    await t.expectAbsent(bucket, 'k');
  },
});

defineCase({
  ...put,
  id: 'PutObject.content-length.missing',
  feature: 'http',
  reference: errors,
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.raw({ method: 'PUT', path: t.path(bucket, 'k'), framing: 'none' });
    subject.expectError({ status: 411, code: 'MissingContentLength' });
    await t.expectAbsent(bucket, 'k');
  },
});

defineCase({
  ...put,
  id: 'PutObject.key.too-long',
  title: 'a key of 1,025 bytes is refused',
  feature: 'key-encoding',
  severity: 'minor',
  reference: errors,
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.subject(new PutObjectCommand({ Bucket: bucket, Key: 'k'.repeat(1025), Body: 'v' }));
    subject.expectError({ status: 400, code: 'KeyTooLongError' });
    await t.expectKeys(bucket, []);
  },
});

defineCase({
  ...put,
  id: 'PutObject.storage-class.unknown',
  feature: 'storage-class',
  level: 'extended',
  severity: 'minor',
  reference: errors,
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.subject(
      new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: 'v', StorageClass: 'NO_SUCH_CLASS' as 'STANDARD' }),
    );
    subject.expectError({ status: 400, code: 'InvalidStorageClass' });
    await t.expectAbsent(bucket, 'k');
  },
});

defineCase({
  ...put,
  id: 'PutObject.expected-bucket-owner.other',
  feature: 'expected-bucket-owner',
  severity: 'critical',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html',
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.subject(
      new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: 'v', ExpectedBucketOwner: '000000000000' }),
    );
    subject.expectError({ status: 403, code: 'AccessDenied' });
    await t.expectAbsent(bucket, 'k');
  },
});

type Features = Partial<PutObjectCommandInput>;
const sseKey = Buffer.alloc(32, 7);
const lockedUntil = new Date(Date.now() + 86_400_000);

/** Condition, what is asked for, and the header by which HeadObject shows that it was done. */
const lackable: readonly (readonly [string, Features, string, RegExp])[] = [
  ['sse-s3', { ServerSideEncryption: 'AES256' }, 'x-amz-server-side-encryption', /^AES256$/],
  ['sse-kms', { ServerSideEncryption: 'aws:kms' }, 'x-amz-server-side-encryption', /^aws:kms$/],
  [
    'object-lock',
    { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: lockedUntil },
    'x-amz-object-lock-mode',
    /^GOVERNANCE$/,
  ],
  ['legal-hold', { ObjectLockLegalHoldStatus: 'ON' }, 'x-amz-object-lock-legal-hold', /^ON$/],
  ['website-redirect', { WebsiteRedirectLocation: '/elsewhere' }, 'x-amz-website-redirect-location', /^\/elsewhere$/],
];

defineTable(lackable, ([condition, input, header, value]) => ({
  ...put,
  id: `PutObject.lacked-feature.${condition}`,
  title: `a request for ${condition} is honoured or refused, never passed over`,
  feature: 'header-refusal',
  severity: 'critical',
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.subject(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: 'v', ...input }));
    await expectHonouredOrRefused(t, subject, {
      honoured: async () => {
        const { response } = await t.observe(new HeadObjectCommand({ Bucket: bucket, Key: 'k' }));
        t.expectMatch(response?.headers[header], value, header, 'ignored');
      },
      unchanged: () => t.expectAbsent(bucket, 'k'),
    });
  },
}));

defineCase({
  ...put,
  id: 'PutObject.lacked-feature.sse-c',
  title: 'a request for encryption with a key of the customer is honoured or refused, never passed over',
  feature: 'header-refusal',
  severity: 'critical',
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    const headers = [
      ['x-amz-server-side-encryption-customer-algorithm', 'AES256'],
      ['x-amz-server-side-encryption-customer-key', sseKey.toString('base64')],
      ['x-amz-server-side-encryption-customer-key-MD5', md5Base64(sseKey)],
    ] as const;
    const subject = await t.raw({ method: 'PUT', path: t.path(bucket, 'k'), body: 'v', headers });
    await expectHonouredOrRefused(t, subject, {
      honoured: () => {
        subject.expectHeader('x-amz-server-side-encryption-customer-algorithm', 'AES256');
        return Promise.resolve();
      },
      unchanged: () => t.expectAbsent(bucket, 'k'),
    });
  },
});
