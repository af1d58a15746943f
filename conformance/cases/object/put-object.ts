import { createHash } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html';

defineCase({
  id: 'PutObject.round-trip.small-body',
  operation: 'PutObject',
  feature: 'object-basics',
  level: 'core',
  severity: 'critical',
  reference,
  run: async (t) => {
    const bucket = await t.bucket();
    const put = await t.subject(new PutObjectCommand({ Bucket: bucket, Key: 'greeting', Body: 'hello' }));
    const output = put.expectOk();
    const md5 = createHash('md5').update('hello').digest('hex');
    t.expectEqual(output.ETag, `"${md5}"`, 'ETag', 'wrong-header');
    await t.expectObject(bucket, 'greeting', 'hello');
  },
});

defineCase({
  id: 'PutObject.if-none-match.existing-key',
  title: 'If-None-Match: * does not overwrite an object',
  operation: 'PutObject',
  feature: 'conditional-write',
  level: 'core',
  severity: 'critical',
  reference: `${reference}#API_PutObject_RequestSyntax`,
  clients: ['terraform', 'iceberg'],
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v1');
    const put = await t.subject(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: 'v2', IfNoneMatch: '*' }));
    put.expectError({ status: 412, code: 'PreconditionFailed' });
    await t.expectObject(bucket, 'k', 'v1');
  },
});

defineTable([0, 1, 65_536, 65_537], (sizeBytes) => ({
  id: `PutObject.size.bytes-${String(sizeBytes)}`,
  title: `an object of ${String(sizeBytes)} bytes comes back as it was`,
  operation: 'PutObject',
  feature: 'object-basics',
  level: 'core',
  severity: 'critical',
  reference,
  run: async (t) => {
    const bucket = await t.bucket();
    const body = Buffer.alloc(sizeBytes, 'x');
    const put = await t.subject(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: body }));
    const md5 = createHash('md5').update(body).digest('hex');
    t.expectEqual(put.expectOk().ETag, `"${md5}"`, 'ETag', 'wrong-header');
    await t.expectObject(bucket, 'k', body);
  },
}));
