import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { expectParts, startUpload, withoutChecksum } from '../../fixtures/multipart.ts';
import { preparedOperations, prepareRequest } from '../../fixtures/prepared-requests.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html';
const described = {
  operation: 'GetObject',
  feature: 'presigned',
  level: 'core',
  severity: 'major',
  reference,
  transport: 'raw',
} as const;

defineCase({
  ...described,
  id: 'GetObject.presigned.sdk-url',
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
  ...described,
  id: 'HeadObject.presigned.sdk-url',
  operation: 'HeadObject',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'four');
    const head = await t.fetchUrl('HEAD', await t.presign(new HeadObjectCommand({ Bucket: bucket, Key: 'k' })));
    head.expectOk(200);
    head.expectHeader('content-length', '4');
  },
});

defineCase({
  ...described,
  id: 'PutObject.presigned.sdk-url',
  operation: 'PutObject',
  title: 'a browser uploads to a URL that the SDK made, whatever the bytes are',
  severity: 'critical',
  run: async (t) => {
    const bucket = await t.bucket();
    const command = new PutObjectCommand({ Bucket: bucket, Key: 'a b+c', ContentType: 'text/plain' });
    const url = await t.presign(command, withoutChecksum);
    const put = await t.fetchUrl('PUT', url, { body: 'the bytes', headers: [['content-type', 'text/plain']] });
    put.expectOk(200);
    await t.expectObject(bucket, 'a b+c', 'the bytes');
  },
});

defineCase({
  ...described,
  id: 'DeleteObject.presigned.sdk-url',
  operation: 'DeleteObject',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const url = await t.presign(new DeleteObjectCommand({ Bucket: bucket, Key: 'k' }));
    (await t.fetchUrl('DELETE', url)).expectOk(204);
    await t.expectAbsent(bucket, 'k');
  },
});

defineCase({
  ...described,
  id: 'UploadPart.presigned.sdk-url',
  operation: 'UploadPart',
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket);
    const url = await t.presign(new UploadPartCommand({ ...upload, PartNumber: 3 }), withoutChecksum);
    (await t.fetchUrl('PUT', url, { body: 'a part' })).expectOk(200);
    await expectParts(t, upload, [[3, 6]]);
  },
});

defineCase({
  ...described,
  id: 'ListObjectsV2.presigned.sdk-url',
  operation: 'ListObjectsV2',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'a b/c', 'v');
    const url = await t.presign(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'a b/' }));
    const list = await t.fetchUrl('GET', url);
    list.expectOk(200);
    const result = list.xml?.['ListBucketResult'] as { Contents?: { Key?: string } } | undefined;
    t.expectEqual(result?.Contents?.Key, 'a b/c', 'Key');
  },
});

defineTable(preparedOperations, (operation) => ({
  ...described,
  id: `${operation}.presigned.signed-query`,
  title: 'the request can be signed in its query',
  operation,
  run: async (t) => {
    const { request, done } = await prepareRequest(t, operation);
    const { headers = [], method, path } = request;
    const query = t.presignRaw(method, path, { headers, query: request.query as [] });
    const subject = await t.rawUnsigned({ ...request, query });
    subject.expectOk();
    await done(subject);
  },
}));

defineCase({
  ...described,
  id: 'GetObject.presigned.response-overrides',
  title: 'a link for a browser says under which name the object is saved',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const disposition = 'attachment; filename="a report.pdf"';
    const command = new GetObjectCommand({ Bucket: bucket, Key: 'k', ResponseContentDisposition: disposition });
    const get = await t.fetchUrl('GET', await t.presign(command));
    get.expectOk(200);
    get.expectHeader('content-disposition', disposition);
    get.expectBody('v');
  },
});

defineCase({
  ...described,
  id: 'GetObject.presigned.seven-days',
  title: 'a URL may be valid for seven days',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const path = t.path(bucket, 'k');
    const query = t.presignRaw('GET', path, { expiresSeconds: 604_800 });
    const get = await t.rawUnsigned({ method: 'GET', path, query });
    get.expectOk(200);
    get.expectBody('v');
  },
});
