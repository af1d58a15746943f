import { CreateBucketCommand, DeleteBucketCommand, DeleteObjectCommand } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { defineBucketRefusals } from '../configuration/configuration-read.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html';
const described = { operation: 'DeleteBucket', feature: 'bucket-basics', reference } as const;

defineCase({
  ...described,
  id: 'DeleteBucket.empty-bucket.removed',
  level: 'core',
  severity: 'major',
  run: async (t) => {
    const bucket = await t.bucket();
    const removal = await t.subject(new DeleteBucketCommand({ Bucket: bucket }));
    removal.expectOk();
    await t.expectBucketAbsent(bucket);
  },
});

defineCase({
  ...described,
  id: 'DeleteBucket.non-empty-bucket.refused',
  level: 'core',
  severity: 'critical',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const removal = await t.subject(new DeleteBucketCommand({ Bucket: bucket }));
    removal.expectError({ status: 409, code: 'BucketNotEmpty' });
    await t.expectObject(bucket, 'k', 'v');
  },
});

defineCase({
  ...described,
  id: 'DeleteBucket.bucket-basics.emptied-bucket',
  title: 'a bucket whose last object was deleted can be deleted at once',
  level: 'core',
  severity: 'major',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'a/b', 'v');
    await t.setup(new DeleteObjectCommand({ Bucket: bucket, Key: 'a/b' }));
    (await t.subject(new DeleteBucketCommand({ Bucket: bucket }))).expectOk();
    await t.expectBucketAbsent(bucket);
  },
});

defineCase({
  ...described,
  id: 'DeleteBucket.bucket-basics.answer',
  title: '204 without a body',
  level: 'core',
  severity: 'minor',
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    const removal = await t.raw({ method: 'DELETE', path: t.path(bucket) });
    removal.expectOk(204);
    removal.expectBody('');
    await t.expectBucketAbsent(bucket);
  },
});

defineCase({
  ...described,
  id: 'DeleteBucket.bucket-basics.made-again',
  title: 'a bucket made again under the same name is empty',
  level: 'extended',
  severity: 'major',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    await t.setup(new DeleteObjectCommand({ Bucket: bucket, Key: 'k' }));
    (await t.subject(new DeleteBucketCommand({ Bucket: bucket }))).expectOk();
    await t.setup(new CreateBucketCommand({ Bucket: bucket }));
    await t.expectKeys(bucket, []);
    await t.expectBucketExists(bucket);
  },
});

defineCase({
  ...described,
  id: 'DeleteBucket.anonymous.refused',
  title: 'without a signature: 403, and the bucket stays',
  feature: 'anonymous',
  level: 'core',
  severity: 'critical',
  requires: ['anonymous', 'auth-enforced'],
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    const removal = await t.rawUnsigned({ method: 'DELETE', path: t.path(bucket) });
    removal.expectError({ status: 403, code: 'AccessDenied' });
    await t.expectBucketExists(bucket);
  },
});

/**
 * Sub-resources that nobody deletes: a server that overlooks the query deletes the bucket. Extended, as AWS documents 405 for
 * methods that a resource has not, but no DELETE of these by name.
 */
const undeletable = ['acl', 'location', 'versioning', 'logging', 'notification', 'requestPayment', 'accelerate'];

defineTable(undeletable, (query) => ({
  ...described,
  id: `DeleteBucket.do-no-harm.${query.toLowerCase()}-is-no-bucket`,
  title: `DELETE ?${query}: 405, and the bucket stays`,
  feature: 'do-no-harm',
  level: 'extended',
  severity: 'critical',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html',
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    const removal = await t.raw({ method: 'DELETE', path: t.path(bucket), query });
    removal.expectError({ status: 405, code: 'MethodNotAllowed' });
    await t.expectBucketExists(bucket);
  },
}));

defineBucketRefusals({
  operation: 'DeleteBucket',
  feature: 'bucket-basics',
  command: (input) => new DeleteBucketCommand(input),
});
