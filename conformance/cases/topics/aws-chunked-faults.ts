import { defineCase, defineTable } from '../../engine/define-case.ts';
import { checksumOf } from '../../fixtures/digests.ts';
import { expectParts, startUpload } from '../../fixtures/multipart.ts';
import type { AwsChunkedFaults, AwsChunkedForm, AwsChunkedOptions } from '../../transports/aws-chunked.ts';
import type { HeaderPair } from '../../transports/sigv4.ts';

const described = {
  operation: 'PutObject',
  feature: 'aws-chunked',
  level: 'core',
  severity: 'critical',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html',
  transport: 'raw',
} as const;

const trailing = 'https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html';
const errors = 'https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html';
const body = Buffer.alloc(150_000, 'abcdefg');
const crc32: HeaderPair = ['x-amz-checksum-crc32', checksumOf('CRC32', body)];
const zeros = '0'.repeat(64);

function framed(form: AwsChunkedForm, faults: AwsChunkedFaults): AwsChunkedOptions {
  return { form, trailers: form === 'signed' ? [] : [crc32], faults };
}

const at =
  <Value>(wanted: number, change: (value: Value) => Value) =>
  (value: Value, index: number): Value =>
    index === wanted ? change(value) : value;
const altered = (data: Buffer): Buffer => Buffer.concat([Buffer.from('X'), data.subarray(1)]);

/** What is signed is not what is sent. 150,000 bytes are chunks 0, 1, 2 and the empty one, 3. */
const forged: readonly (readonly [string, AwsChunkedFaults])[] = [
  ['wrong-seed', { seed: () => zeros }],
  ['wrong-first-signature', { chunkSignature: at(0, () => zeros) }],
  ['wrong-chunk-signature', { chunkSignature: at(1, () => zeros) }],
  ['wrong-last-signature', { chunkSignature: at(3, () => zeros) }],
  ['altered-first-chunk', { chunkData: at(0, altered) }],
  ['altered-last-chunk', { chunkData: at(2, altered) }],
];

defineTable(
  (['signed', 'signed-trailer'] as const).flatMap((form) => forged.map((row) => [form, ...row] as const)),
  ([form, condition, faults]) => ({
    ...described,
    id: `PutObject.aws-chunked.${form === 'signed' ? '' : `${form}-`}${condition}`,
    title: `${form}, ${condition.replaceAll('-', ' ')}: 403 SignatureDoesNotMatch, and the object stays`,
    requires: ['auth-enforced'],
    run: async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'k', 'before');
      const awsChunked = framed(form, faults);
      const put = await t.raw({ method: 'PUT', path: t.path(bucket, 'k'), body, awsChunked });
      put.expectError({ status: 403, code: 'SignatureDoesNotMatch' });
      await t.expectObject(bucket, 'k', 'before');
    },
  }),
);

interface Broken {
  readonly condition: string;
  readonly faults?: AwsChunkedFaults;
  readonly headers?: readonly HeaderPair[];
  readonly forms?: readonly AwsChunkedForm[];
}

const replaced =
  (pattern: RegExp, text: string) =>
  (line: string): string =>
    line.replace(pattern, text);
const forms = ['signed', 'signed-trailer', 'unsigned-trailer'] as const;

/** Ends after so many bytes of the framed body; Content-Length fits what is sent. */
const cutAt =
  (sizeBytes: number) =>
  (bytes: Buffer): Buffer =>
    bytes.subarray(0, sizeBytes);

const lastChunk = /\r\n0(;chunk-signature=[^\r]*)?\r\n[\s\S]*$/;

/** Bodies that are no aws-chunked ones. */
const broken: readonly Broken[] = [
  { condition: 'size-no-number', faults: { chunkHeader: at(0, replaced(/^[0-9a-f]+/, 'size')) } },
  { condition: 'size-negative', faults: { chunkHeader: at(0, replaced(/^/, '-')) } },
  { condition: 'size-absent', faults: { chunkHeader: at(1, replaced(/^[0-9a-f]+/, '')) } },
  { condition: 'size-too-large', faults: { chunkHeader: at(2, replaced(/^[0-9a-f]+/, 'fffff')) } },
  {
    condition: 'size-too-small',
    forms: ['unsigned-trailer'],
    faults: { chunkHeader: at(1, replaced(/^[0-9a-f]+/, 'fff0')) },
  },
  {
    condition: 'no-line-end-after-data',
    forms: ['unsigned-trailer'],
    faults: { chunkData: at(0, (data) => data.subarray(0, -2)) },
  },
  {
    condition: 'no-empty-chunk',
    faults: {
      body: (bytes) => Buffer.from(bytes.toString('latin1').replace(lastChunk, '\r\n'), 'latin1'),
    },
  },
  { condition: 'cut-off-in-a-chunk', faults: { body: cutAt(100_000) } },
  { condition: 'cut-off-in-a-size', faults: { body: cutAt(3) } },
  { condition: 'no-body', forms: ['signed'], faults: { body: cutAt(0) } },
  { condition: 'not-framed', faults: { body: () => body } },
  { condition: 'decoded-length-too-large', headers: [['x-amz-decoded-content-length', '150001']] },
  { condition: 'decoded-length-too-small', headers: [['x-amz-decoded-content-length', '149999']] },
];

defineTable(
  broken.flatMap((row) => (row.forms ?? forms).map((form) => [form, row] as const)),
  ([form, { condition, faults = {}, headers = [] }]) => ({
    ...described,
    id: `PutObject.aws-chunked.${form}-${condition}`,
    title: `${form}, ${condition.replaceAll('-', ' ')}: 400 IncompleteBody, and the object stays`,
    reference: errors,
    run: async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'k', 'before');
      const awsChunked = framed(form, faults);
      const put = await t.raw({ method: 'PUT', path: t.path(bucket, 'k'), body, awsChunked, headers });
      put.expectError({ status: 400, code: 'IncompleteBody' });
      await t.expectObject(bucket, 'k', 'before');
    },
  }),
);

defineTable(
  [
    ['no-chunk-signature', 'signed', { chunkHeader: at(0, replaced(/;.*/, '')) }],
    ['no-trailer-chunk-signature', 'signed-trailer', { chunkHeader: at(0, replaced(/;.*/, '')) }],
  ] as const,
  ([condition, form, faults]) => ({
    ...described,
    id: `PutObject.aws-chunked.${form}-${condition}`,
    title: `${form}: a chunk without its signature is refused, and the object stays`,
    requires: ['auth-enforced'],
    run: async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'k', 'before');
      const awsChunked = framed(form, faults);
      const put = await t.raw({ method: 'PUT', path: t.path(bucket, 'k'), body, awsChunked });
      put.expectError({ status: 400 });
      await t.expectObject(bucket, 'k', 'before');
    },
  }),
);

interface TrailerFault {
  readonly condition: string;
  readonly forms: readonly AwsChunkedForm[];
  readonly expected: { readonly status: number; readonly code?: string };
  readonly faults?: AwsChunkedFaults;
  readonly headers?: readonly HeaderPair[];
}

const inBody =
  (pattern: RegExp, text: string) =>
  (bytes: Buffer): Buffer =>
    Buffer.from(bytes.toString('latin1').replace(pattern, text), 'latin1');
const mismatch = { status: 403, code: 'SignatureDoesNotMatch' } as const;
const malformed = { status: 400, code: 'MalformedTrailerError' } as const;

const trailerFaults: readonly TrailerFault[] = [
  {
    condition: 'trailer-signature-wrong',
    forms: ['signed-trailer'],
    expected: mismatch,
    faults: { trailerSignature: () => zeros },
  },
  {
    condition: 'trailer-signature-absent',
    forms: ['signed-trailer'],
    expected: { status: 400 },
    faults: { body: inBody(/x-amz-trailer-signature:.*\r\n/, '') },
  },
  {
    condition: 'trailer-absent',
    forms: ['unsigned-trailer'],
    expected: { status: 400 },
    faults: { body: inBody(/x-amz-checksum-crc32:.*\r\n/, '') },
  },
  {
    condition: 'trailer-not-announced',
    forms: ['unsigned-trailer'],
    expected: malformed,
    faults: { body: inBody(/x-amz-checksum-crc32:/, 'x-amz-checksum-crc32c:') },
  },
  {
    condition: 'trailer-without-colon',
    forms: ['unsigned-trailer'],
    expected: malformed,
    faults: { body: inBody(/x-amz-checksum-crc32:/, 'x-amz-checksum-crc32 ') },
  },
];

defineTable(
  trailerFaults.flatMap((row) => row.forms.map((form) => [form, row] as const)),
  ([form, { condition, expected, faults = {} }]) => ({
    ...described,
    id: `PutObject.aws-chunked.${form}-${condition}`,
    title: `${form}, ${condition.replaceAll('-', ' ')}: refused, and the object stays`,
    requires: expected.status === 403 ? ['auth-enforced'] : [],
    reference: trailing,
    run: async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'k', 'before');
      const awsChunked = framed(form, faults);
      const put = await t.raw({ method: 'PUT', path: t.path(bucket, 'k'), body, awsChunked });
      put.expectError(expected);
      await t.expectObject(bucket, 'k', 'before');
    },
  }),
);

defineTable(forms, (form) => ({
  ...described,
  id: `UploadPart.aws-chunked.${form}-cut-off`,
  title: `${form}: a part that is cut off is refused, and the upload has no part`,
  operation: 'UploadPart',
  reference: errors,
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket);
    const query = [
      ['partNumber', '1'],
      ['uploadId', upload.UploadId],
    ] as const;
    const awsChunked = framed(form, { body: cutAt(100_000) });
    const part = await t.raw({ method: 'PUT', path: t.path(bucket, 'k'), query, body, awsChunked });
    part.expectError({ status: 400, code: 'IncompleteBody' });
    await expectParts(t, upload, []);
  },
}));

defineCase({
  ...described,
  id: 'PutObject.aws-chunked.no-decoded-length',
  title: 'no x-amz-decoded-content-length: 411 MissingContentLength, and the object stays',
  level: 'extended',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'before');
    const name = 'x-amz-decoded-content-length';
    const put = await t.raw({
      method: 'PUT',
      path: t.path(bucket, 'k'),
      body,
      awsChunked: framed('unsigned-trailer', {}),
      sign: { isSigned: (header) => header !== name },
      steps: (head, sent) => [{ send: head.replace(new RegExp(`${name}: .*\r\n`), '') }, { send: sent }],
    });
    put.expectError({ status: 411, code: 'MissingContentLength' });
    await t.expectObject(bucket, 'k', 'before');
  },
});
