import { GetObjectCommand } from '@aws-sdk/client-s3';
import { defineCase } from '../../engine/define-case.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html';

defineCase({
  id: 'GetObject.missing-key.refused',
  operation: 'GetObject',
  feature: 'object-basics',
  level: 'core',
  severity: 'major',
  reference,
  run: async (t) => {
    const bucket = await t.bucket();
    const get = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: 'absent' }));
    get.expectError({ status: 404, code: 'NoSuchKey' });
  },
});

defineCase({
  id: 'GetObject.range.first-bytes',
  operation: 'GetObject',
  feature: 'range',
  level: 'core',
  severity: 'critical',
  reference,
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', '0123456789');
    const get = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: 'k', Range: 'bytes=2-4' }));
    get.expectOk(206);
    get.expectHeader('content-range', 'bytes 2-4/10');
    get.expectHeader('content-length', '3');
    get.expectBody('234');
  },
});
