import { PutObjectCommand } from '@aws-sdk/client-s3';
import { defineCase } from '../../engine/define-case.ts';

const put = {
  operation: 'PutObject',
  feature: 'conditional-write',
  level: 'core',
  severity: 'critical',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html',
  clients: ['terraform', 'iceberg'],
} as const;

const otherEtag = '"00000000000000000000000000000000"';

defineCase({
  ...put,
  id: 'PutObject.if-none-match.new-key',
  title: 'If-None-Match: * makes an object that was not there',
  severity: 'major',
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.subject(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: 'v1', IfNoneMatch: '*' }));
    subject.expectOk();
    await t.expectObject(bucket, 'k', 'v1');
  },
});

defineCase({
  ...put,
  id: 'PutObject.if-none-match.one-winner',
  title: 'of writers at once with If-None-Match: *, one wins, and its body is the object',
  feature: 'consistency',
  run: async (t) => {
    const bucket = await t.bucket();
    const writers = ['a', 'b', 'c', 'd', 'e', 'f'];
    const subjects = await Promise.all(
      writers.map((body) =>
        t.subject(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: body, IfNoneMatch: '*' })),
      ),
    );
    const winners = writers.filter((_, index) => subjects[index]?.status === 200);
    t.expectEqual(winners.length, 1, 'writers that won', 'ignored');
    await t.expectObject(bucket, 'k', winners[0] ?? '');
  },
});

defineCase({
  ...put,
  id: 'PutObject.if-none-match.etag',
  title: 'If-None-Match with an ETag is refused: AWS takes * alone',
  level: 'extended',
  severity: 'major',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v1');
    const subject = await t.subject(
      new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: 'v2', IfNoneMatch: otherEtag }),
    );
    subject.expectError({ status: 501, code: 'NotImplemented' });
    await t.expectObject(bucket, 'k', 'v1');
  },
});

defineCase({
  ...put,
  id: 'PutObject.if-match.same-etag',
  title: 'If-Match with the ETag of the object replaces it',
  severity: 'major',
  run: async (t) => {
    const bucket = await t.bucket();
    const etag = await t.put(bucket, 'k', 'v1');
    const subject = await t.subject(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: 'v2', IfMatch: etag }));
    subject.expectOk();
    await t.expectObject(bucket, 'k', 'v2');
  },
});

defineCase({
  ...put,
  id: 'PutObject.if-match.other-etag',
  title: 'If-Match with another ETag leaves the object as it is',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v1');
    const subject = await t.subject(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: 'v2', IfMatch: otherEtag }));
    subject.expectError({ status: 412, code: 'PreconditionFailed' });
    await t.expectObject(bucket, 'k', 'v1');
  },
});

defineCase({
  ...put,
  id: 'PutObject.if-match.missing-key',
  title: 'If-Match makes no object where there is none',
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.subject(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: 'v', IfMatch: otherEtag }));
    subject.expectError({ status: 404, code: 'NoSuchKey' });
    await t.expectAbsent(bucket, 'k');
  },
});

defineCase({
  ...put,
  id: 'PutObject.if-match.one-winner',
  title: 'of writers at once with the same If-Match, one wins, and its body is the object',
  feature: 'consistency',
  run: async (t) => {
    const bucket = await t.bucket();
    const etag = await t.put(bucket, 'k', 'v1');
    const writers = ['a', 'b', 'c', 'd', 'e', 'f'];
    const subjects = await Promise.all(
      writers.map((body) => t.subject(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: body, IfMatch: etag }))),
    );
    const winners = writers.filter((_, index) => subjects[index]?.status === 200);
    t.expectEqual(winners.length, 1, 'writers that won', 'ignored');
    await t.expectObject(bucket, 'k', winners[0] ?? '');
  },
});
