import { crc32 } from 'node:zlib';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import type { AwsChunkedForm } from '../../transports/aws-chunked.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html';

function crc32Base64(data: Buffer): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(data));
  return bytes.toString('base64');
}

defineTable<AwsChunkedForm>(['signed', 'signed-trailer', 'unsigned-trailer'], (form) => ({
  id: `PutObject.aws-chunked.${form}`,
  title: `aws-chunked (${form}): the framing is not stored`,
  operation: 'PutObject',
  feature: 'aws-chunked',
  level: 'core',
  severity: 'critical',
  reference,
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    const body = Buffer.alloc(150_000, 'abcdefg');
    const trailers = form === 'signed' ? [] : ([['x-amz-checksum-crc32', crc32Base64(body)]] as const);
    const put = await t.raw({ method: 'PUT', path: t.path(bucket, 'k'), body, awsChunked: { form, trailers } });
    put.expectOk(200);
    await t.expectObject(bucket, 'k', body);
  },
}));

defineCase({
  id: 'PutObject.aws-chunked.wrong-chunk-signature',
  operation: 'PutObject',
  feature: 'aws-chunked',
  level: 'core',
  severity: 'critical',
  requires: ['auth-enforced'],
  reference,
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    const put = await t.raw({
      method: 'PUT',
      path: t.path(bucket, 'k'),
      body: Buffer.alloc(100_000, 'x'),
      awsChunked: { form: 'signed', faults: { chunkSignature: (hex, index) => (index === 1 ? '0'.repeat(64) : hex) } },
    });
    put.expectError({ status: 403, code: 'SignatureDoesNotMatch' });
    await t.expectAbsent(bucket, 'k');
  },
});
