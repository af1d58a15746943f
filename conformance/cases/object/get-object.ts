import { GetObjectCommand } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { md5Hex } from '../../fixtures/digests.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html';
const get = { operation: 'GetObject', level: 'core', severity: 'major', reference } as const;

defineCase({
  ...get,
  id: 'GetObject.missing-key.refused',
  feature: 'object-basics',
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: 'absent' }));
    subject.expectError({ status: 404, code: 'NoSuchKey' });
  },
});

defineCase({
  ...get,
  id: 'GetObject.bucket.missing',
  feature: 'object-basics',
  run: async (t) => {
    const subject = await t.subject(new GetObjectCommand({ Bucket: t.bucketName(), Key: 'k' }));
    subject.expectError({ status: 404, code: 'NoSuchBucket' });
  },
});

defineCase({
  ...get,
  id: 'GetObject.whole.described',
  title: 'the whole object comes with its length, ETag, date, type, metadata and Accept-Ranges',
  feature: 'object-basics',
  severity: 'critical',
  run: async (t) => {
    const bucket = await t.bucket();
    const body = 'the whole body';
    await t.put(bucket, 'k', body, { contentType: 'text/plain', metadata: { colour: 'blue' } });
    const subject = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: 'k' }));
    const output = subject.expectOk();
    subject.expectBody(body);
    subject.expectHeader('content-length', String(body.length));
    subject.expectHeader('etag', `"${md5Hex(body)}"`);
    subject.expectHeader('content-type', 'text/plain');
    subject.expectHeader('accept-ranges', 'bytes');
    subject.expectHeader('last-modified', /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/);
    subject.expectHeader('content-range', undefined);
    t.expectEqual({ ...output.Metadata }, { colour: 'blue' }, 'user metadata', 'wrong-header');
  },
});

defineCase({
  ...get,
  id: 'GetObject.whole.empty-object',
  feature: 'object-basics',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', '');
    const subject = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: 'k' }));
    subject.expectOk(200);
    subject.expectHeader('content-length', '0');
    subject.expectHeader('etag', '"d41d8cd98f00b204e9800998ecf8427e"');
    subject.expectBody('');
  },
});

defineCase({
  ...get,
  id: 'GetObject.tagging.count',
  feature: 'object-tagging',
  level: 'extended',
  severity: 'minor',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v', { tagging: 'a=1&b=2' });
    const subject = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: 'k' }));
    subject.expectOk();
    subject.expectHeader('x-amz-tagging-count', '2');
  },
});

const overrides = [
  ['cache-control', { ResponseCacheControl: 'no-store' }, 'no-store'],
  ['content-disposition', { ResponseContentDisposition: 'inline; filename="a b.txt"' }, /^inline; filename=/],
  ['content-encoding', { ResponseContentEncoding: 'identity' }, 'identity'],
  ['content-language', { ResponseContentLanguage: 'fr' }, 'fr'],
  ['content-type', { ResponseContentType: 'application/x-override' }, 'application/x-override'],
  ['expires', { ResponseExpires: new Date('2031-01-02T03:04:05Z') }, /^Thu, 0?2 Jan 2031 03:04:05 GMT$/],
] as const;

defineTable(overrides, ([header, input, value]) => ({
  ...get,
  id: `GetObject.response-overrides.${header}`,
  title: `response-${header} sets ${header} of this one response`,
  feature: 'response-overrides',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v', { contentType: 'text/plain' });
    const subject = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: 'k', ...input }));
    subject.expectOk();
    subject.expectHeader(header, value);
    subject.expectBody('v');
  },
}));

defineCase({
  ...get,
  id: 'GetObject.version-id.null',
  title: 'versionId=null is the object of a bucket that was never versioned',
  feature: 'versioning',
  level: 'extended',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/VersioningWorkflows.html',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const subject = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: 'k', VersionId: 'null' }));
    subject.expectOk();
    subject.expectBody('v');
  },
});

defineCase({
  ...get,
  id: 'GetObject.version-id.malformed',
  title: 'a versionId that is none does not get the object as it is now',
  feature: 'header-refusal',
  level: 'extended',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const subject = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: 'k', VersionId: 'no-version' }));
    subject.expectError({ status: 400, code: 'InvalidArgument' });
  },
});

defineCase({
  ...get,
  id: 'GetObject.expected-bucket-owner.other',
  feature: 'expected-bucket-owner',
  severity: 'critical',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const subject = await t.subject(
      new GetObjectCommand({ Bucket: bucket, Key: 'k', ExpectedBucketOwner: '000000000000' }),
    );
    subject.expectError({ status: 403, code: 'AccessDenied' });
  },
});
