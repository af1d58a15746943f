import { DeleteBucketCommand } from '@aws-sdk/client-s3';
import { defineCase } from '../../engine/define-case.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html';

defineCase({
  id: 'DeleteBucket.empty-bucket.removed',
  operation: 'DeleteBucket',
  feature: 'bucket-basics',
  level: 'core',
  severity: 'major',
  reference,
  run: async (t) => {
    const bucket = await t.bucket();
    const removal = await t.subject(new DeleteBucketCommand({ Bucket: bucket }));
    removal.expectOk();
    await t.expectBucketAbsent(bucket);
  },
});

defineCase({
  id: 'DeleteBucket.non-empty-bucket.refused',
  operation: 'DeleteBucket',
  feature: 'bucket-basics',
  level: 'core',
  severity: 'critical',
  reference,
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const removal = await t.subject(new DeleteBucketCommand({ Bucket: bucket }));
    removal.expectError({ status: 409, code: 'BucketNotEmpty' });
    await t.expectObject(bucket, 'k', 'v');
  },
});
