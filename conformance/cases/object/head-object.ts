import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { largePart, putInParts } from '../../fixtures/multipart.ts';
import { md5Hex } from '../../fixtures/digests.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html';
const head = { operation: 'HeadObject', level: 'core', severity: 'major', reference } as const;

defineCase({
  ...head,
  id: 'HeadObject.existing-key.described',
  title: 'the headers that GetObject has, and no body',
  feature: 'object-basics',
  severity: 'critical',
  run: async (t) => {
    const bucket = await t.bucket();
    const body = 'the whole body';
    await t.put(bucket, 'k', body, { contentType: 'text/plain', metadata: { colour: 'blue' } });
    const subject = await t.subject(new HeadObjectCommand({ Bucket: bucket, Key: 'k' }));
    const output = subject.expectOk();
    subject.expectBody('');
    subject.expectHeader('content-length', String(body.length));
    subject.expectHeader('etag', `"${md5Hex(body)}"`);
    subject.expectHeader('content-type', 'text/plain');
    subject.expectHeader('accept-ranges', 'bytes');
    subject.expectHeader('last-modified', /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/);
    t.expectEqual({ ...output.Metadata }, { colour: 'blue' }, 'user metadata', 'wrong-header');
  },
});

defineTable(['key', 'bucket'] as const, (missing) => ({
  ...head,
  id: `HeadObject.${missing}.missing`,
  title: `a missing ${missing} is 404 without a body`,
  feature: 'object-basics',
  run: async (t) => {
    const bucket = missing === 'key' ? await t.bucket() : t.bucketName();
    const subject = await t.subject(new HeadObjectCommand({ Bucket: bucket, Key: 'absent' }));
    subject.expectError({ status: 404 });
  },
}));

defineCase({
  ...head,
  id: 'HeadObject.range.satisfiable',
  title: 'Range is answered as GetObject would, without the bytes',
  feature: 'range',
  level: 'extended',
  severity: 'minor',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', '0123456789');
    const subject = await t.subject(new HeadObjectCommand({ Bucket: bucket, Key: 'k', Range: 'bytes=2-4' }));
    subject.expectOk(206);
    subject.expectHeader('content-length', '3');
    subject.expectBody('');
  },
});

defineCase({
  ...head,
  id: 'HeadObject.range.unsatisfiable',
  feature: 'range',
  level: 'extended',
  severity: 'minor',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', '0123456789');
    const subject = await t.subject(new HeadObjectCommand({ Bucket: bucket, Key: 'k', Range: 'bytes=10-' }));
    subject.expectError({ status: 416 });
  },
});

defineCase({
  ...head,
  id: 'HeadObject.part-number.first-of-two',
  title: 'partNumber=1 tells the size of the part, and how many there are',
  feature: 'part-number',
  requires: ['large-object'],
  run: async (t) => {
    const bucket = await t.bucket();
    await putInParts(t, bucket, [largePart, 'the second part']);
    const subject = await t.subject(new HeadObjectCommand({ Bucket: bucket, Key: 'k', PartNumber: 1 }));
    const output = subject.expectOk(206);
    t.expectEqual(output.PartsCount, 2, 'x-amz-mp-parts-count', 'wrong-header');
    subject.expectHeader('content-length', String(largePart.length));
  },
});

defineCase({
  ...head,
  id: 'HeadObject.part-number.whole-object',
  title: 'without a partNumber the size is that of all parts together',
  feature: 'multipart',
  severity: 'critical',
  requires: ['large-object'],
  run: async (t) => {
    const bucket = await t.bucket();
    await putInParts(t, bucket, [largePart, 'the second part']);
    const subject = await t.subject(new HeadObjectCommand({ Bucket: bucket, Key: 'k' }));
    subject.expectOk(200);
    subject.expectHeader('content-length', String(largePart.length + 15));
    subject.expectHeader('etag', /^"[0-9a-f]{32}-2"$/);
  },
});

defineCase({
  ...head,
  id: 'HeadObject.response-overrides.content-type',
  feature: 'response-overrides',
  level: 'extended',
  severity: 'minor',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v', { contentType: 'text/plain' });
    const subject = await t.subject(
      new HeadObjectCommand({ Bucket: bucket, Key: 'k', ResponseContentType: 'application/x-override' }),
    );
    subject.expectOk();
    subject.expectHeader('content-type', 'application/x-override');
  },
});

defineCase({
  ...head,
  id: 'HeadObject.version-id.malformed',
  title: 'a versionId that is none is not answered with the object as it is now',
  feature: 'header-refusal',
  level: 'extended',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const subject = await t.subject(new HeadObjectCommand({ Bucket: bucket, Key: 'k', VersionId: 'no-version' }));
    subject.expectError({ status: 400 });
  },
});

defineCase({
  ...head,
  id: 'HeadObject.expected-bucket-owner.other',
  feature: 'expected-bucket-owner',
  severity: 'critical',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const subject = await t.subject(
      new HeadObjectCommand({ Bucket: bucket, Key: 'k', ExpectedBucketOwner: '000000000000' }),
    );
    subject.expectError({ status: 403 });
  },
});
