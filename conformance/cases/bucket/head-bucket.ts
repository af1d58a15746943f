import { DeleteBucketCommand, HeadBucketCommand } from '@aws-sdk/client-s3';
import { defineCase } from '../../engine/define-case.ts';
import { defineBucketRefusals } from '../configuration/configuration-read.ts';

const described = {
  operation: 'HeadBucket',
  feature: 'bucket-basics',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html',
} as const;

defineCase({
  ...described,
  id: 'HeadBucket.bucket-basics.existing-bucket',
  title: 'a bucket that is there: 200 with its region and no body',
  level: 'core',
  severity: 'major',
  run: async (t) => {
    const bucket = await t.bucket();
    const head = await t.subject(new HeadBucketCommand({ Bucket: bucket }));
    t.expectEqual(head.expectOk().BucketRegion, t.region, 'x-amz-bucket-region', 'wrong-header');
    t.expectEqual(head.body.length, 0, 'bytes of body');
  },
});

defineCase({
  ...described,
  id: 'HeadBucket.bucket-basics.deleted-bucket',
  title: 'a bucket that was deleted: 404',
  level: 'core',
  severity: 'major',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.setup(new DeleteBucketCommand({ Bucket: bucket }));
    const head = await t.subject(new HeadBucketCommand({ Bucket: bucket }));
    head.expectError({ status: 404 });
    await t.expectBucketAbsent(bucket);
  },
});

defineCase({
  ...described,
  id: 'HeadBucket.anonymous.private-bucket',
  title: 'without a signature: 403, and the bucket is not touched',
  feature: 'anonymous',
  level: 'core',
  severity: 'critical',
  requires: ['anonymous', 'auth-enforced'],
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    const head = await t.rawUnsigned({ method: 'HEAD', path: t.path(bucket) });
    head.expectError({ status: 403 });
    await t.expectBucketExists(bucket);
  },
});

defineBucketRefusals({
  operation: 'HeadBucket',
  feature: 'bucket-basics',
  command: (input) => new HeadBucketCommand(input),
});
