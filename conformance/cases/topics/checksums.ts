import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { checksumAlgorithms, checksumOf } from '../../fixtures/digests.ts';
import { withoutChecksum } from '../../fixtures/multipart.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html';
const put = { operation: 'PutObject', feature: 'checksum', level: 'core', severity: 'major', reference } as const;
/** The standard check value of CRCs is of these nine bytes. */
const body = '123456789';

defineTable(checksumAlgorithms, (algorithm) => ({
  ...put,
  id: `PutObject.checksum.${algorithm.toLowerCase()}-right`,
  title: `a right ${algorithm} is given back, and kept with the object`,
  run: async (t) => {
    const bucket = await t.bucket();
    const name = `Checksum${algorithm}` as const;
    const value = checksumOf(algorithm, body);
    const subject = await t.subject(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: body, [name]: value }));
    t.expectEqual(subject.expectOk()[name], value, name, 'wrong-header');
    const head = await t.observe(new HeadObjectCommand({ Bucket: bucket, Key: 'k', ChecksumMode: 'ENABLED' }));
    t.expectEqual(head.output?.[name], value, `${name} of the object`, 'ignored');
    t.expectEqual(head.output?.ChecksumType, 'FULL_OBJECT', 'x-amz-checksum-type', 'wrong-header');
  },
}));

defineTable(checksumAlgorithms, (algorithm) => ({
  ...put,
  id: `PutObject.checksum.${algorithm.toLowerCase()}-wrong`,
  title: `a ${algorithm} of other bytes is refused, and the object that was there stays`,
  severity: 'critical',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'before');
    const checksum = { [`Checksum${algorithm}`]: checksumOf(algorithm, 'other bytes') };
    const subject = await t.subject(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: body, ...checksum }));
    subject.expectError({ status: 400, code: 'BadDigest' });
    await t.expectObject(bucket, 'k', 'before');
  },
}));

defineTable(checksumAlgorithms, (algorithm) => ({
  ...put,
  id: `PutObject.checksum.${algorithm.toLowerCase()}-trailer-wrong`,
  title: `a ${algorithm} of other bytes in the trailer is refused, and the object that was there stays`,
  severity: 'critical',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html',
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'before');
    const trailers = [[`x-amz-checksum-${algorithm.toLowerCase()}`, checksumOf(algorithm, 'other bytes')]] as const;
    const path = t.path(bucket, 'k');
    const subject = await t.raw({ method: 'PUT', path, body, awsChunked: { form: 'unsigned-trailer', trailers } });
    subject.expectError({ status: 400, code: 'BadDigest' });
    await t.expectObject(bucket, 'k', 'before');
  },
}));

defineTable(checksumAlgorithms, (algorithm) => ({
  ...put,
  id: `PutObject.checksum.${algorithm.toLowerCase()}-trailer-right`,
  title: `a right ${algorithm} in the trailer is kept with the object`,
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html',
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    const trailers = [[`x-amz-checksum-${algorithm.toLowerCase()}`, checksumOf(algorithm, body)]] as const;
    const path = t.path(bucket, 'k');
    const subject = await t.raw({ method: 'PUT', path, body, awsChunked: { form: 'unsigned-trailer', trailers } });
    subject.expectOk(200);
    const head = await t.observe(new HeadObjectCommand({ Bucket: bucket, Key: 'k', ChecksumMode: 'ENABLED' }));
    t.expectEqual(head.output?.[`Checksum${algorithm}`], checksumOf(algorithm, body), 'checksum', 'ignored');
    await t.expectObject(bucket, 'k', body);
  },
}));

const crc32 = checksumOf('CRC32', body);
const sha256 = checksumOf('SHA256', body);

defineTable(
  [
    ['not-base64', [['x-amz-checksum-crc32', 'no base64!']]],
    ['of-other-length', [['x-amz-checksum-crc32', sha256]]],
    ['empty', [['x-amz-checksum-sha256', '']]],
    [
      'two-algorithms',
      [
        ['x-amz-checksum-crc32', crc32],
        ['x-amz-checksum-sha256', sha256],
      ],
    ],
    ['algorithm-without-value', [['x-amz-sdk-checksum-algorithm', 'CRC32']]],
  ] as const,
  ([condition, headers]) => ({
    ...put,
    id: `PutObject.checksum.${condition}`,
    title: `a checksum header that cannot be right (${condition.replaceAll('-', ' ')}) is refused`,
    level: 'extended',
    transport: 'raw',
    run: async (t) => {
      const bucket = await t.bucket();
      const subject = await t.raw({ method: 'PUT', path: t.path(bucket, 'k'), body, headers });
      subject.expectError({ status: 400, code: 'InvalidRequest' });
      await t.expectAbsent(bucket, 'k');
    },
  }),
);

defineCase({
  ...put,
  id: 'PutObject.checksum.none-sent',
  title: 'an object that came without a checksum gets a CRC64NVME',
  level: 'extended',
  severity: 'minor',
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.subject(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: body }), withoutChecksum);
    subject.expectOk();
    const head = await t.observe(new HeadObjectCommand({ Bucket: bucket, Key: 'k', ChecksumMode: 'ENABLED' }));
    t.expectEqual(head.output?.ChecksumCRC64NVME, checksumOf('CRC64NVME', body), 'ChecksumCRC64NVME', 'ignored');
  },
});

defineCase({
  ...put,
  id: 'PutObject.checksum.type-told',
  title: 'the answer to a write says that the checksum is of the full object',
  level: 'extended',
  severity: 'minor',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html',
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.subject(
      new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: body, ChecksumCRC32: crc32 }),
    );
    t.expectEqual(subject.expectOk().ChecksumType, 'FULL_OBJECT', 'x-amz-checksum-type', 'wrong-header');
  },
});

const read = { ...put, operation: 'GetObject' } as const;
const readReference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html';

defineCase({
  ...read,
  id: 'GetObject.checksum.asked-for',
  title: 'x-amz-checksum-mode: ENABLED gives the checksum of the object',
  reference: readReference,
  run: async (t) => {
    const bucket = await t.bucket();
    await t.setup(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: body, ChecksumSHA256: sha256 }));
    const subject = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: 'k', ChecksumMode: 'ENABLED' }));
    subject.expectOk();
    subject.expectHeader('x-amz-checksum-sha256', sha256);
    subject.expectHeader('x-amz-checksum-type', 'FULL_OBJECT');
    subject.expectBody(body);
  },
});

defineTable(['not-asked-for', 'range'] as const, (condition) => ({
  ...read,
  id: `GetObject.checksum.${condition}`,
  title:
    condition === 'range'
      ? 'a range does not come with the checksum of the whole object, which its reader would find wrong'
      : 'a read that does not ask for the checksum does not get it',
  level: condition === 'range' ? 'core' : 'extended',
  severity: condition === 'range' ? 'major' : 'minor',
  reference: readReference,
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.setup(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: body, ChecksumSHA256: sha256 }));
    const isRange = condition === 'range';
    const headers = [
      ['range', 'bytes=0-2'],
      ['x-amz-checksum-mode', 'ENABLED'],
    ] as const;
    const subject = await t.raw({ method: 'GET', path: t.path(bucket, 'k'), headers: isRange ? headers : [] });
    subject.expectOk(isRange ? 206 : 200);
    subject.expectHeader('x-amz-checksum-sha256', undefined);
    subject.expectBody(isRange ? '123' : body);
  },
}));
