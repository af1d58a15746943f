import { GetObjectCommand } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { largePart, putInParts } from '../../fixtures/multipart.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html';
const get = { operation: 'GetObject', feature: 'range', level: 'core', severity: 'critical', reference } as const;

defineTable(
  [
    ['first-bytes', 'bytes=2-4', '2-4', '234'],
    ['first-byte', 'bytes=0-0', '0-0', '0'],
    ['open-end', 'bytes=7-', '7-9', '789'],
    ['suffix', 'bytes=-3', '7-9', '789'],
    ['suffix-past-start', 'bytes=-20', '0-9', '0123456789'],
    ['end-past-last-byte', 'bytes=8-20', '8-9', '89'],
    ['whole', 'bytes=0-9', '0-9', '0123456789'],
  ] as const,
  ([condition, range, answered, body]) => ({
    ...get,
    id: `GetObject.range.${condition}`,
    title: `of 10 bytes, Range: ${range} gets ${String(body.length)}`,
    run: async (t) => {
      const bucket = await t.bucket();
      const etag = await t.put(bucket, 'k', '0123456789');
      const subject = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: 'k', Range: range }));
      subject.expectOk(206);
      subject.expectHeader('content-range', `bytes ${answered}/10`);
      subject.expectHeader('content-length', String(body.length));
      subject.expectHeader('etag', etag);
      subject.expectBody(body);
    },
  }),
);

defineTable(
  [
    ['start-past-last-byte', '0123456789', 'bytes=10-', 'core'],
    ['far-past-last-byte', '0123456789', 'bytes=1000-2000', 'core'],
    ['empty-suffix', '0123456789', 'bytes=-0', 'extended'],
    ['of-empty-object', '', 'bytes=0-', 'extended'],
  ] as const,
  ([condition, body, range, level]) => ({
    ...get,
    id: `GetObject.range.${condition}`,
    title: `of ${String(body.length)} bytes, Range: ${range} cannot be satisfied`,
    level,
    severity: 'major',
    reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html',
    run: async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'k', body);
      const subject = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: 'k', Range: range }));
      subject.expectError({ status: 416, code: 'InvalidRange' });
      await t.expectObject(bucket, 'k', body);
    },
  }),
);

defineTable(
  [
    ['no-number', 'bytes=a-b'],
    ['reversed', 'bytes=5-2'],
    ['other-unit', 'lines=0-1'],
  ] as const,
  ([condition, range]) => ({
    ...get,
    id: `GetObject.range.${condition}`,
    title: `a Range header that is none (${range}) is passed over`,
    level: 'extended',
    severity: 'minor',
    reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/range-get-olap.html',
    run: async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'k', '0123456789');
      const subject = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: 'k', Range: range }));
      subject.expectOk(200);
      subject.expectHeader('content-range', undefined);
      subject.expectBody('0123456789');
    },
  }),
);

defineCase({
  ...get,
  id: 'GetObject.range.across-parts',
  title: 'a range that begins in one part and ends in the next',
  requires: ['large-object'],
  run: async (t) => {
    const bucket = await t.bucket();
    await putInParts(t, bucket, [largePart, 'the second part']);
    const last = largePart.length + 9;
    const range = `bytes=${String(largePart.length - 4)}-${String(last)}`;
    const subject = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: 'k', Range: range }));
    subject.expectOk(206);
    subject.expectHeader('content-length', '14');
    subject.expectBody(Buffer.concat([largePart.subarray(-4), Buffer.from('the second')]));
  },
});

defineCase({
  ...get,
  id: 'GetObject.part-number.second-of-two',
  title: 'partNumber=2 gets the second part, and how many there are',
  feature: 'part-number',
  severity: 'major',
  requires: ['large-object'],
  run: async (t) => {
    const bucket = await t.bucket();
    await putInParts(t, bucket, [largePart, 'the second part']);
    const subject = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: 'k', PartNumber: 2 }));
    const output = subject.expectOk(206);
    subject.expectBody('the second part');
    const size = largePart.length + 15;
    subject.expectHeader('content-range', `bytes ${String(largePart.length)}-${String(size - 1)}/${String(size)}`);
    t.expectEqual(output.PartsCount, 2, 'x-amz-mp-parts-count', 'wrong-header');
  },
});

defineCase({
  ...get,
  id: 'GetObject.part-number.of-one-piece',
  title: 'partNumber=1 of an object that was put in one piece is all of it',
  feature: 'part-number',
  level: 'extended',
  severity: 'minor',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', '0123456789');
    const subject = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: 'k', PartNumber: 1 }));
    subject.expectOk(206);
    subject.expectHeader('content-range', 'bytes 0-9/10');
    subject.expectBody('0123456789');
  },
});

defineCase({
  ...get,
  id: 'GetObject.part-number.past-last-part',
  feature: 'part-number',
  level: 'extended',
  severity: 'minor',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', '0123456789');
    const subject = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: 'k', PartNumber: 2 }));
    subject.expectError({ status: 416, code: 'InvalidPartNumber' });
  },
});

defineCase({
  ...get,
  id: 'GetObject.part-number.with-range',
  title: 'partNumber and Range together are refused',
  feature: 'part-number',
  level: 'extended',
  severity: 'minor',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', '0123456789');
    const subject = await t.subject(
      new GetObjectCommand({ Bucket: bucket, Key: 'k', PartNumber: 1, Range: 'bytes=0-1' }),
    );
    subject.expectError({ status: 400, code: 'InvalidRequest' });
  },
});
