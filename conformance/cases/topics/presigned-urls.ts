import { GetObjectCommand } from '@aws-sdk/client-s3';
import { defineCase } from '../../engine/define-case.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html';

defineCase({
  id: 'GetObject.presigned.sdk-url',
  operation: 'GetObject',
  feature: 'presigned',
  level: 'core',
  severity: 'major',
  reference,
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'a b+c', 'v');
    const url = await t.presign(new GetObjectCommand({ Bucket: bucket, Key: 'a b+c' }));
    const get = await t.fetchUrl('GET', url);
    get.expectOk(200);
    get.expectBody('v');
  },
});

defineCase({
  id: 'GetObject.presigned.expired',
  operation: 'GetObject',
  feature: 'presigned',
  level: 'core',
  severity: 'critical',
  requires: ['auth-enforced'],
  reference,
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const path = t.path(bucket, 'k');
    const query = t.presignRaw('GET', path, { expiresSeconds: 60, date: new Date(Date.now() - 3_600_000) });
    const get = await t.rawUnsigned({ method: 'GET', path, query });
    get.expectError({ status: 403, code: 'AccessDenied' });
  },
});
