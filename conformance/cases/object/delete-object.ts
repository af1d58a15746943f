import { DeleteObjectCommand, type DeleteObjectCommandInput } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html';
const conditional = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html';
const remove = { operation: 'DeleteObject', level: 'core', severity: 'critical', reference } as const;
const otherEtag = '"00000000000000000000000000000000"';

defineCase({
  ...remove,
  id: 'DeleteObject.existing-key.removed',
  title: 'the object is gone, from reads and from the listing',
  feature: 'object-basics',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const subject = await t.subject(new DeleteObjectCommand({ Bucket: bucket, Key: 'k' }));
    subject.expectOk(204);
    subject.expectBody('');
    await t.expectAbsent(bucket, 'k');
    await t.expectKeys(bucket, []);
  },
});

defineCase({
  ...remove,
  id: 'DeleteObject.missing-key.no-content',
  title: 'a key that is not there is a success, and nothing else goes',
  feature: 'object-basics',
  severity: 'major',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'other', 'v');
    const subject = await t.subject(new DeleteObjectCommand({ Bucket: bucket, Key: 'absent' }));
    subject.expectOk(204);
    await t.expectKeys(bucket, ['other']);
  },
});

defineTable(
  [
    ['folder-key', 'a/', ['a', 'a/b', 'a/b/c']],
    ['prefix-of-keys', 'a', ['a/', 'a/b', 'ab']],
    ['nested-key', 'a/b', ['a', 'a/', 'a/b/c']],
  ] as const,
  ([condition, key, others]) => ({
    ...remove,
    id: `DeleteObject.siblings.${condition}`,
    title: `deleting ${key} leaves ${others.join(', ')}`,
    feature: 'object-basics',
    run: async (t) => {
      const bucket = await t.bucket();
      for (const name of [key, ...others]) await t.put(bucket, name, name);
      const subject = await t.subject(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
      subject.expectOk(204);
      await t.expectKeys(bucket, others);
    },
  }),
);

defineCase({
  ...remove,
  id: 'DeleteObject.bucket.missing',
  feature: 'object-basics',
  severity: 'major',
  run: async (t) => {
    const bucket = t.bucketName();
    const subject = await t.subject(new DeleteObjectCommand({ Bucket: bucket, Key: 'k' }));
    subject.expectError({ status: 404, code: 'NoSuchBucket' });
    await t.expectBucketAbsent(bucket);
  },
});

defineCase({
  ...remove,
  id: 'DeleteObject.if-match.same-etag',
  feature: 'conditional-delete',
  level: 'extended',
  severity: 'major',
  reference: conditional,
  run: async (t) => {
    const bucket = await t.bucket();
    const etag = await t.put(bucket, 'k', 'v');
    const subject = await t.subject(new DeleteObjectCommand({ Bucket: bucket, Key: 'k', IfMatch: etag }));
    subject.expectOk(204);
    await t.expectAbsent(bucket, 'k');
  },
});

defineCase({
  ...remove,
  id: 'DeleteObject.if-match.other-etag',
  title: 'If-Match with another ETag leaves the object',
  feature: 'conditional-delete',
  level: 'extended',
  reference: conditional,
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const subject = await t.subject(new DeleteObjectCommand({ Bucket: bucket, Key: 'k', IfMatch: otherEtag }));
    subject.expectError({ status: 412, code: 'PreconditionFailed' });
    await t.expectObject(bucket, 'k', 'v');
  },
});

const refused: readonly (readonly [string, Partial<DeleteObjectCommandInput>, number, string])[] = [
  ['version-id.malformed', { VersionId: 'no-version' }, 400, 'InvalidArgument'],
  ['expected-bucket-owner.other', { ExpectedBucketOwner: '000000000000' }, 403, 'AccessDenied'],
];

defineTable(refused, ([condition, input, status, code]) => ({
  ...remove,
  id: `DeleteObject.${condition}`,
  title: `${condition.replaceAll(/[-.]/g, ' ')}: refused, and the object stays`,
  feature: condition.startsWith('version') ? 'header-refusal' : 'expected-bucket-owner',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const subject = await t.subject(new DeleteObjectCommand({ Bucket: bucket, Key: 'k', ...input }));
    subject.expectError({ status, code });
    await t.expectObject(bucket, 'k', 'v');
  },
}));
