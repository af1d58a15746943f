import { GetBucketCorsCommand } from '@aws-sdk/client-s3';
import { defineCase } from '../../engine/define-case.ts';
import { defineConfigurationRead } from './configuration-read.ts';

defineConfigurationRead({
  operation: 'GetBucketCors',
  feature: 'cors',
  query: 'cors',
  command: (input) => new GetBucketCorsCommand(input),
  answer: { status: 404, code: 'NoSuchCORSConfiguration' },
});

defineCase({
  id: 'GetBucketCors.cors.preflight-without-configuration',
  title: 'a preflight request to a bucket without CORS: 403, and no Access-Control header',
  operation: 'GetBucketCors',
  feature: 'cors',
  level: 'extended',
  severity: 'major',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html',
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const preflight = await t.rawUnsigned({
      method: 'OPTIONS',
      path: t.path(bucket, 'k'),
      headers: [
        ['origin', 'https://example.com'],
        ['access-control-request-method', 'GET'],
      ],
    });
    preflight.expectError({ status: 403, code: 'AccessForbidden' });
    preflight.expectHeader('access-control-allow-origin', undefined);
    await t.expectObject(bucket, 'k', 'v');
  },
});
