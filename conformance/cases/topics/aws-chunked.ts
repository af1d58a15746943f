import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { checksumAlgorithms, checksumOf, md5Hex } from '../../fixtures/digests.ts';
import { expectParts, startUpload } from '../../fixtures/multipart.ts';
import type { AwsChunkedForm, AwsChunkedOptions } from '../../transports/aws-chunked.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html';
const trailing = 'https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html';
const described = {
  operation: 'PutObject',
  feature: 'aws-chunked',
  level: 'core',
  severity: 'critical',
  reference,
  transport: 'raw',
} as const;

const forms = ['signed', 'signed-trailer', 'unsigned-trailer'] as const;

/** The form with a right CRC32 in its trailer, where it has one. */
function framed(form: AwsChunkedForm, body: Buffer, chunkSizeBytes = 65_536): AwsChunkedOptions {
  const trailers = form === 'signed' ? [] : ([['x-amz-checksum-crc32', checksumOf('CRC32', body)]] as const);
  return { form, trailers, chunkSizeBytes };
}

const bodyOf = (sizeBytes: number): Buffer => Buffer.alloc(sizeBytes, 'abcdefg');

defineTable(forms, (form) => ({
  ...described,
  id: `PutObject.aws-chunked.${form}`,
  title: `aws-chunked (${form}): the framing is not stored`,
  run: async (t) => {
    const bucket = await t.bucket();
    const body = bodyOf(150_000);
    const put = await t.raw({ method: 'PUT', path: t.path(bucket, 'k'), body, awsChunked: framed(form, body) });
    put.expectOk(200);
    await t.expectObject(bucket, 'k', body);
  },
}));

/** Name, size of the body, size of the chunks. */
const sizes = [
  ['empty-body', 0, 65_536],
  ['one-byte', 1, 65_536],
  ['smallest-chunks', 3 * 8_192 + 5, 8_192],
  ['body-of-whole-chunks', 2 * 65_536, 65_536],
  ['one-large-chunk', 300_000, 1_000_000],
] as const;

defineTable(
  forms.flatMap((form) => sizes.map((row) => [form, ...row] as const)),
  ([form, condition, sizeBytes, chunkSizeBytes]) => ({
    ...described,
    id: `PutObject.aws-chunked.${form}-${condition}`,
    title: `${form}, ${condition.replaceAll('-', ' ')}: the object holds the decoded bytes`,
    severity: 'major',
    run: async (t) => {
      const bucket = await t.bucket();
      const body = bodyOf(sizeBytes);
      const awsChunked = framed(form, body, chunkSizeBytes);
      const put = await t.raw({ method: 'PUT', path: t.path(bucket, 'k'), body, awsChunked });
      put.expectOk(200);
      put.expectHeader('etag', `"${md5Hex(body)}"`);
      await t.expectObject(bucket, 'k', body);
    },
  }),
);

defineTable(forms, (form) => ({
  ...described,
  id: `UploadPart.aws-chunked.${form}`,
  title: `a part sent as aws-chunked (${form}) has the size of the decoded bytes`,
  operation: 'UploadPart',
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket);
    const body = bodyOf(100_000);
    const query = [
      ['partNumber', '1'],
      ['uploadId', upload.UploadId],
    ] as const;
    const path = t.path(bucket, 'k');
    const part = await t.raw({ method: 'PUT', path, query, body, awsChunked: framed(form, body) });
    part.expectOk(200);
    await expectParts(t, upload, [[1, body.length]]);
  },
}));

defineTable(forms, (form) => ({
  ...described,
  id: `PutObject.aws-chunked.${form}-content-encoding`,
  title: `${form}: Content-Encoding keeps gzip, and loses aws-chunked`,
  feature: 'system-headers',
  severity: 'major',
  clients: ['velero', 'rclone'],
  run: async (t) => {
    const bucket = await t.bucket();
    const body = bodyOf(1_000);
    const headers = [['content-encoding', 'aws-chunked,gzip']] as const;
    const awsChunked = framed(form, body);
    const put = await t.raw({ method: 'PUT', path: t.path(bucket, 'k'), body, headers, awsChunked });
    put.expectOk(200);
    const { output } = await t.observe(new HeadObjectCommand({ Bucket: bucket, Key: 'k' }));
    t.expectEqual(output?.ContentEncoding, 'gzip', 'Content-Encoding', 'wrong-header');
    await t.expectObject(bucket, 'k', body);
  },
}));

defineCase({
  ...described,
  id: 'PutObject.aws-chunked.content-encoding-of-its-own',
  title: 'an object that came as aws-chunked alone has no Content-Encoding',
  feature: 'system-headers',
  severity: 'major',
  run: async (t) => {
    const bucket = await t.bucket();
    const body = bodyOf(1_000);
    const awsChunked = framed('unsigned-trailer', body);
    (await t.raw({ method: 'PUT', path: t.path(bucket, 'k'), body, awsChunked })).expectOk(200);
    const { response } = await t.observe(new GetObjectCommand({ Bucket: bucket, Key: 'k' }));
    t.expectEqual(response?.headers['content-encoding'], undefined, 'Content-Encoding', 'wrong-header');
    await t.expectObject(bucket, 'k', body);
  },
});

defineTable(forms, (form) => ({
  ...described,
  id: `PutObject.aws-chunked.${form}-within-transfer-chunks`,
  title: `${form} within Transfer-Encoding: chunked, as SDKs send streams: both framings come off`,
  level: 'extended',
  run: async (t) => {
    const bucket = await t.bucket();
    const body = bodyOf(70_000);
    const awsChunked = framed(form, body);
    const put = await t.raw({ method: 'PUT', path: t.path(bucket, 'k'), body, awsChunked, framing: 'chunked' });
    put.expectOk(200);
    await t.expectObject(bucket, 'k', body);
  },
}));

defineTable(checksumAlgorithms, (algorithm) => ({
  ...described,
  id: `PutObject.aws-chunked.signed-trailer-${algorithm.toLowerCase()}`,
  title: `a right ${algorithm} in a signed trailer is kept with the object`,
  feature: 'checksum',
  severity: 'major',
  reference: trailing,
  run: async (t) => {
    const bucket = await t.bucket();
    const body = bodyOf(9_000);
    const value = checksumOf(algorithm, body);
    const trailers = [[`x-amz-checksum-${algorithm.toLowerCase()}`, value]] as const;
    const awsChunked = { form: 'signed-trailer', trailers } as const;
    (await t.raw({ method: 'PUT', path: t.path(bucket, 'k'), body, awsChunked })).expectOk(200);
    const { output } = await t.observe(new HeadObjectCommand({ Bucket: bucket, Key: 'k', ChecksumMode: 'ENABLED' }));
    t.expectEqual(output?.[`Checksum${algorithm}`], value, 'checksum', 'ignored');
  },
}));

defineTable(checksumAlgorithms, (algorithm) => ({
  ...described,
  id: `PutObject.aws-chunked.signed-trailer-${algorithm.toLowerCase()}-wrong`,
  title: `a ${algorithm} of other bytes in a signed trailer is refused, and the object that was there stays`,
  feature: 'checksum',
  reference: trailing,
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'before');
    const trailers = [[`x-amz-checksum-${algorithm.toLowerCase()}`, checksumOf(algorithm, 'other bytes')]] as const;
    const awsChunked = { form: 'signed-trailer', trailers } as const;
    const put = await t.raw({ method: 'PUT', path: t.path(bucket, 'k'), body: bodyOf(9_000), awsChunked });
    put.expectError({ status: 400, code: 'BadDigest' });
    await t.expectObject(bucket, 'k', 'before');
  },
}));
