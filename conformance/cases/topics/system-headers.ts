import {
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type HeadObjectCommandInput,
} from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { completion, sendPart } from '../../fixtures/multipart.ts';
import { systemHeaders } from '../../fixtures/system-headers.ts';

const described = {
  feature: 'system-headers',
  level: 'core',
  severity: 'major',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html',
} as const;

defineTable(systemHeaders, ([name, input, value]) => ({
  ...described,
  id: `HeadObject.system-headers.${name}`,
  title: `${name} is told by HeadObject as it was given`,
  operation: 'HeadObject',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.setup(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: 'v', ...input }));
    const subject = await t.subject(new HeadObjectCommand({ Bucket: bucket, Key: 'k' }));
    subject.expectOk();
    subject.expectHeader(name, value);
  },
}));

defineTable(systemHeaders, ([name, input, value]) => ({
  ...described,
  id: `CopyObject.system-headers.${name}-kept`,
  title: `a copy keeps the ${name} of its source`,
  operation: 'CopyObject',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.setup(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: 'v', ...input }));
    const subject = await t.subject(
      new CopyObjectCommand({ Bucket: bucket, Key: 'target', CopySource: `${bucket}/k` }),
    );
    subject.expectOk();
    const { response } = await t.observe(new HeadObjectCommand({ Bucket: bucket, Key: 'target' }));
    t.expectEqual(response?.headers[name], value, name, 'wrong-header');
  },
}));

defineTable(systemHeaders, ([name, input, value]) => ({
  ...described,
  id: `CopyObject.system-headers.${name}-replaced`,
  title: `with REPLACE a copy has the ${name} that the request gives`,
  operation: 'CopyObject',
  clients: ['rclone'],
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v', { contentType: 'text/source' });
    const names = { Bucket: bucket, Key: 'target', CopySource: `${bucket}/k` };
    const subject = await t.subject(new CopyObjectCommand({ ...names, MetadataDirective: 'REPLACE', ...input }));
    subject.expectOk();
    const { response } = await t.observe(new HeadObjectCommand({ Bucket: bucket, Key: 'target' }));
    t.expectEqual(response?.headers[name], value, name, 'ignored');
    await t.expectObject(bucket, 'target', 'v');
  },
}));

/** The first three are in CreateMultipartUpload.attributes.of-the-object, together. */
defineTable(systemHeaders.slice(3), ([name, input, value]) => ({
  ...described,
  id: `CreateMultipartUpload.system-headers.${name}`,
  title: `${name} given at the beginning is that of the completed object`,
  operation: 'CreateMultipartUpload',
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.subject(new CreateMultipartUploadCommand({ Bucket: bucket, Key: 'k', ...input }));
    const upload = { Bucket: bucket, Key: 'k', UploadId: subject.expectOk().UploadId ?? '' };
    await t.setup(completion(upload, [await sendPart(t, upload, 1, 'v')]));
    const { response } = await t.observe(new HeadObjectCommand({ Bucket: bucket, Key: 'k' }));
    t.expectEqual(response?.headers[name], value, name, 'ignored');
  },
}));

const overrides: readonly (readonly [string, Partial<HeadObjectCommandInput>, string])[] = [
  ['cache-control', { ResponseCacheControl: 'no-store' }, 'no-store'],
  ['content-disposition', { ResponseContentDisposition: 'attachment' }, 'attachment'],
  ['content-encoding', { ResponseContentEncoding: 'br' }, 'br'],
  ['content-language', { ResponseContentLanguage: 'fr' }, 'fr'],
  ['expires', { ResponseExpires: new Date('2032-01-02T03:04:05Z') }, 'Fri, 02 Jan 2032 03:04:05 GMT'],
];

defineTable(overrides, ([name, input, value]) => ({
  ...described,
  id: `HeadObject.response-overrides.${name}`,
  title: `response-${name} sets ${name} of this one response to HEAD`,
  operation: 'HeadObject',
  feature: 'response-overrides',
  level: 'extended',
  severity: 'minor',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const subject = await t.subject(new HeadObjectCommand({ Bucket: bucket, Key: 'k', ...input }));
    subject.expectOk();
    subject.expectHeader(name, value);
  },
}));

defineCase({
  ...described,
  id: 'HeadObject.tagging.count',
  title: 'HeadObject tells how many tags an object has',
  operation: 'HeadObject',
  feature: 'object-tagging',
  level: 'extended',
  severity: 'minor',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v', { tagging: 'a=1&b=2' });
    const subject = await t.subject(new HeadObjectCommand({ Bucket: bucket, Key: 'k' }));
    t.expectEqual(subject.expectOk().TagCount, 2, 'x-amz-tagging-count', 'wrong-header');
  },
});
