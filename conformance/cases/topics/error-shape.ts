import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html';
const headers = 'https://docs.aws.amazon.com/AmazonS3/latest/API/RESTCommonResponseHeaders.html';
const shape = { operation: 'GetObject', feature: 'error-shape', level: 'core', severity: 'major', reference } as const;

function textOf(error: unknown, name: string): string | undefined {
  const value = (error as Readonly<Record<string, unknown>> | undefined)?.[name];
  return typeof value === 'string' ? value : undefined;
}

defineCase({
  ...shape,
  id: 'GetObject.error-document.elements',
  title: 'an error is an XML document of Code, Message and RequestId, sent as XML',
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.raw({ method: 'GET', path: t.path(bucket, 'absent') });
    subject.expectError({ status: 404, code: 'NoSuchKey' });
    subject.expectRoot('Error');
    subject.expectHeader('content-type', /^application\/xml\b/);
    const error = subject.xml?.Error;
    t.expectMatch(textOf(error, 'Message'), /\S/, 'Message', 'wrong-shape');
    t.expectMatch(textOf(error, 'RequestId'), /\S/, 'RequestId', 'wrong-shape');
    t.expectEqual(textOf(error, 'Key'), 'absent', 'Key', 'wrong-shape');
  },
});

defineCase({
  ...shape,
  id: 'GetObject.error-document.request-id',
  title: 'the RequestId in the document is that of the header',
  reference: headers,
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.raw({ method: 'GET', path: t.path(bucket, 'absent') });
    subject.expectError({ status: 404, code: 'NoSuchKey' });
    subject.expectHeader('x-amz-request-id', textOf(subject.xml?.Error, 'RequestId') ?? /\S/);
    t.expectMatch(subject.header('x-amz-request-id'), /\S/, 'x-amz-request-id', 'wrong-header');
  },
});

defineCase({
  ...shape,
  id: 'GetObject.error-document.escaped',
  title: 'a key with markup in it is escaped in the document',
  severity: 'critical',
  run: async (t) => {
    const bucket = await t.bucket();
    const key = `</Key><Code>AccessDenied</Code>&"'`;
    const subject = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: key }));
    subject.expectError({ status: 404, code: 'NoSuchKey' });
    t.expectEqual(textOf(subject.xml?.Error, 'Key'), key, 'Key', 'wrong-shape');
  },
});

defineCase({
  ...shape,
  id: 'GetObject.error-document.bucket-name',
  title: 'NoSuchBucket names the bucket',
  level: 'extended',
  severity: 'minor',
  run: async (t) => {
    const bucket = t.bucketName();
    const subject = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: 'k' }));
    subject.expectError({ status: 404, code: 'NoSuchBucket' });
    t.expectEqual(textOf(subject.xml?.Error, 'BucketName'), bucket, 'BucketName', 'wrong-shape');
  },
});

defineCase({
  ...shape,
  id: 'GetObject.request-id.of-each-response',
  title: 'each response has a request id of its own',
  reference: headers,
  feature: 'http',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const ids: (string | undefined)[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      const subject = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: 'k' }));
      subject.expectOk();
      subject.expectBody('v');
      subject.expectHeader('x-amz-request-id', /\S/);
      ids.push(subject.header('x-amz-request-id'));
    }
    t.expectEqual(new Set(ids).size, 3, 'different request ids', 'wrong-header');
  },
});

defineCase({
  ...shape,
  id: 'HeadObject.error.no-body',
  title: 'an error to HEAD has headers and no body',
  operation: 'HeadObject',
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.subject(new HeadObjectCommand({ Bucket: bucket, Key: 'absent' }));
    subject.expectError({ status: 404 });
    subject.expectBody('');
    subject.expectHeader('x-amz-request-id', /\S/);
  },
});

defineTable(['PATCH', 'POST'] as const, (method) => ({
  ...shape,
  id: `PutObject.method.${method.toLowerCase()}`,
  title: `${method} of an object is refused, and the object stays`,
  operation: 'PutObject',
  feature: 'do-no-harm',
  level: 'extended',
  severity: 'critical',
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'before');
    const subject = await t.raw({ method, path: t.path(bucket, 'k'), body: 'after' });
    subject.expectError({ status: 405, code: 'MethodNotAllowed' });
    await t.expectObject(bucket, 'k', 'before');
  },
}));

/** What AWS has a PUT for is core. */
const putSubResources = [
  ['legal-hold', 'core'],
  ['retention', 'core'],
  ['torrent', 'extended'],
  ['restore', 'extended'],
  ['select', 'extended'],
] as const;

defineTable(putSubResources, ([parameter, level]) => ({
  ...shape,
  id: `PutObject.sub-resource.${parameter}`,
  title: `PUT ?${parameter} never overwrites the object`,
  operation: 'PutObject',
  feature: 'do-no-harm',
  level,
  severity: 'critical',
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'before');
    const subject = await t.raw({ method: 'PUT', path: t.path(bucket, 'k'), query: `${parameter}=`, body: '<X/>' });
    const status = subject.status ?? 0;
    subject.expectError({ status: status >= 400 && status < 500 ? status : 501 });
    await t.expectObject(bucket, 'k', 'before');
  },
}));

defineCase({
  ...shape,
  id: 'PutObject.expect.100-continue',
  title: 'a client that waits for 100 Continue before it sends the body gets it',
  operation: 'PutObject',
  feature: 'http',
  severity: 'critical',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html',
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.raw({
      method: 'PUT',
      path: t.path(bucket, 'k'),
      headers: [['expect', '100-continue']],
      body: 'the body',
      steps: (head, body) => [{ send: head }, { awaitHead: true }, { send: body }],
    });
    subject.expectOk(200);
    await t.expectObject(bucket, 'k', 'the body');
  },
});

defineCase({
  ...shape,
  id: 'PutObject.content-md5.wrong-of-large-body',
  title: 'a body of many pieces that is refused at its end leaves nothing',
  operation: 'PutObject',
  feature: 'content-md5',
  run: async (t) => {
    const bucket = await t.bucket();
    const refused = {
      Bucket: bucket,
      Key: 'k',
      Body: Buffer.alloc(300_000, 'x'),
      ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==',
    };
    const subject = await t.subject(new PutObjectCommand(refused));
    subject.expectError({ status: 400, code: 'BadDigest' });
    await t.expectAbsent(bucket, 'k');
    await t.expectKeys(bucket, []);
  },
});
