import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { expectParts, sendPart, startUpload } from '../../fixtures/multipart.ts';
import { prepareRequest } from '../../fixtures/prepared-requests.ts';
import { apiPage } from '../../fixtures/aws-pages.ts';
import { wrongByOneDigit } from '../../fixtures/wrong-signature.ts';

const errors = 'https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html';
const common = 'https://docs.aws.amazon.com/AmazonS3/latest/API/RESTCommonResponseHeaders.html';
const http = { feature: 'http', level: 'core', severity: 'major', transport: 'raw' } as const;

defineCase({
  ...http,
  id: 'PutObject.expect.refused-before-the-body',
  title: 'a client that waits with the body learns of a refusal without sending it',
  operation: 'PutObject',
  level: 'extended',
  requires: ['auth-enforced'],
  timeoutMs: 5_000,
  reference: apiPage('PutObject'),
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.raw({
      method: 'PUT',
      path: t.path(bucket, 'k'),
      headers: [['expect', '100-continue']],
      body: 'the body',
      sign: { faults: { signature: wrongByOneDigit } },
      steps: (head) => [{ send: head }, { awaitHead: true }],
    });
    subject.expectError({ status: 403, code: 'SignatureDoesNotMatch' });
    await t.expectAbsent(bucket, 'k');
  },
});

defineTable(['half-closed', 'torn-down'] as const, (how) => ({
  ...http,
  id: `PutObject.http.connection-${how}`,
  title: `a body that ends early because the connection is ${how.replace('-', ' ')} leaves the object as it was`,
  operation: 'PutObject',
  severity: 'critical',
  reference: errors,
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'before');
    const subject = await t.raw({
      method: 'PUT',
      path: t.path(bucket, 'k'),
      body: Buffer.alloc(200_000, 'x'),
      payload: 'unsigned',
      steps: (head, body) => [
        { send: head },
        { send: body.subarray(0, 100_000) },
        how === 'torn-down' ? { destroy: true } : { finish: true },
      ],
    });
    t.expectTrue((subject.status ?? 400) >= 400, 'half a body was answered with success', 'ignored');
    await t.expectObject(bucket, 'k', 'before');
    await t.expectKeys(bucket, ['k']);
  },
}));

defineCase({
  ...http,
  id: 'UploadPart.http.connection-torn-down',
  title: 'a part that ends early because the connection is torn down leaves the part that was there',
  operation: 'UploadPart',
  severity: 'critical',
  reference: errors,
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket);
    await sendPart(t, upload, 1, 'before');
    const subject = await t.raw({
      method: 'PUT',
      path: t.path(bucket, 'k'),
      query: [
        ['partNumber', '1'],
        ['uploadId', upload.UploadId],
      ],
      body: Buffer.alloc(200_000, 'x'),
      payload: 'unsigned',
      steps: (head, body) => [{ send: head }, { send: body.subarray(0, 100_000) }, { destroy: true }],
    });
    t.expectEqual(subject.status, undefined, 'status of a request that was torn down', 'ignored');
    await expectParts(t, upload, [[1, 6]]);
  },
});

defineTable(['PUT', 'DELETE', 'POST'] as const, (method) => ({
  ...http,
  id: `ListBuckets.method.${method.toLowerCase()}`,
  title: `${method} of the service: 405 MethodNotAllowed, and the bucket stays`,
  operation: 'ListBuckets',
  level: 'extended',
  reference: errors,
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.raw({ method, path: '/' });
    subject.expectError({ status: 405, code: 'MethodNotAllowed' });
    await t.expectBucketExists(bucket);
  },
}));

defineCase({
  ...http,
  id: 'HeadBucket.error.no-body',
  title: 'an error to HEAD of a bucket has headers and no body',
  operation: 'HeadBucket',
  reference: apiPage('HeadBucket'),
  run: async (t) => {
    const bucket = t.bucketName();
    const head = await t.raw({ method: 'HEAD', path: t.path(bucket) });
    head.expectError({ status: 404 });
    head.expectBody('');
    head.expectHeader('x-amz-request-id', /\S/);
    await t.expectBucketAbsent(bucket);
  },
});

defineCase({
  ...http,
  id: 'GetObject.http.date-header',
  title: 'each response has the date of its server, by which clients set their clocks',
  operation: 'GetObject',
  reference: common,
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const get = await t.raw({ method: 'GET', path: t.path(bucket, 'k') });
    get.expectOk(200);
    get.expectBody('v');
    const ageMs = Math.abs(Date.now() - Date.parse(get.header('date') ?? ''));
    t.expectTrue(ageMs < 900_000, 'the date is not within a quarter of an hour', 'wrong-header');
  },
});

defineCase({
  ...http,
  id: 'GetObject.http.version-1-0',
  title: 'a client of HTTP/1.0 gets the object, and the connection is closed after it',
  operation: 'GetObject',
  level: 'optional',
  severity: 'minor',
  reference: apiPage('GetObject'),
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const get = await t.raw({ method: 'GET', path: t.path(bucket, 'k'), httpVersion: '1.0' });
    get.expectOk(200);
    get.expectBody('v');
  },
});

defineCase({
  ...http,
  id: 'DeleteObject.http.no-content',
  title: '204 has neither body nor a type of it',
  operation: 'DeleteObject',
  reference: apiPage('DeleteObject'),
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const deletion = await t.raw({ method: 'DELETE', path: t.path(bucket, 'k') });
    deletion.expectOk(204);
    deletion.expectBody('');
    deletion.expectHeader('transfer-encoding', undefined);
    await t.expectAbsent(bucket, 'k');
  },
});

defineCase({
  ...http,
  id: 'GetObject.http.unknown-parameter',
  title: 'a parameter that S3 does not know changes nothing',
  operation: 'GetObject',
  level: 'extended',
  severity: 'minor',
  reference: apiPage('GetObject'),
  run: async (t) => {
    const { request, done } = await prepareRequest(t, 'GetObject');
    const get = await t.raw({ ...request, query: [['x-client-hint', 'a b']] });
    get.expectOk(200);
    await done(get);
  },
});

defineTable(
  [
    ['names-in-capitals', [['X-AMZ-META-COLOUR', 'blue']], { colour: 'blue' }],
    ['value-of-2000-bytes', [['x-amz-meta-a', 'b'.repeat(2_000)]], { a: 'b'.repeat(2_000) }],
  ] as const,
  ([condition, headers, metadata]) => ({
    ...http,
    id: `PutObject.user-metadata.${condition}`,
    title: `metadata is kept: ${condition.replaceAll('-', ' ')}`,
    operation: 'PutObject',
    feature: 'user-metadata',
    reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html',
    run: async (t) => {
      const bucket = await t.bucket();
      (await t.raw({ method: 'PUT', path: t.path(bucket, 'k'), body: 'v', headers })).expectOk(200);
      const { output } = await t.observe(new HeadObjectCommand({ Bucket: bucket, Key: 'k' }));
      t.expectEqual({ ...output?.Metadata }, metadata, 'user metadata', 'ignored');
    },
  }),
);

defineTable(
  [
    ['broken-escape', '%zz'],
    ['no-utf-8', '%ff%fe'],
  ] as const,
  ([condition, tail]) => ({
    ...http,
    id: `PutObject.path.${condition}`,
    title: `a path that is no text (${tail}): 400 InvalidURI, and nothing is written`,
    operation: 'PutObject',
    feature: 'key-encoding',
    level: 'extended',
    reference: errors,
    run: async (t) => {
      const bucket = await t.bucket();
      const subject = await t.raw({ method: 'PUT', path: `${t.path(bucket)}/${tail}`, body: 'v' });
      subject.expectError({ status: 400, code: 'InvalidURI' });
      await t.expectKeys(bucket, []);
    },
  }),
);

defineTable(['UploadPart', 'UploadPartCopy', 'CompleteMultipartUpload'] as const, (operation) => ({
  ...http,
  id: `${operation}.error-document.missing-bucket`,
  title: 'a bucket that does not exist: 404 NoSuchBucket as an XML document, whatever the upload id',
  operation,
  feature: 'error-shape',
  reference: errors,
  run: async (t) => {
    const { request, unchanged } = await prepareRequest(t, operation);
    const absent = t.bucketName();
    const path = request.path.replace(/^\/[^/]+/, `/${absent}`);
    const subject = await t.raw({ ...request, path });
    subject.expectError({ status: 404, code: 'NoSuchBucket' });
    subject.expectHeader('content-type', /^application\/xml\b/);
    await unchanged();
    await t.expectBucketAbsent(absent);
  },
}));
