import { GetObjectCommand, GetObjectTaggingCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { systemHeaders } from '../../fixtures/system-headers.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html';
const metadataGuide = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html';
const put = { operation: 'PutObject', level: 'core', severity: 'major', reference } as const;

defineTable(systemHeaders, ([name, input, value]) => ({
  ...put,
  id: `PutObject.system-headers.${name}`,
  title: `${name} is kept and given back by GetObject`,
  feature: 'system-headers',
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.subject(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: 'v', ...input }));
    subject.expectOk();
    const { response } = await t.observe(new GetObjectCommand({ Bucket: bucket, Key: 'k' }));
    t.expectEqual(response?.headers[name], value, name, 'ignored');
  },
}));

defineCase({
  ...put,
  id: 'PutObject.system-headers.default-content-type',
  title: 'an object whose writer names no Content-Type is binary/octet-stream',
  feature: 'system-headers',
  level: 'extended',
  severity: 'minor',
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.raw({ method: 'PUT', path: t.path(bucket, 'k'), body: 'v' });
    subject.expectOk(200);
    const { response } = await t.observe(new HeadObjectCommand({ Bucket: bucket, Key: 'k' }));
    t.expectEqual(response?.headers['content-type'], 'binary/octet-stream', 'content-type', 'wrong-header');
  },
});

defineCase({
  ...put,
  id: 'PutObject.user-metadata.given-back',
  feature: 'user-metadata',
  reference: metadataGuide,
  clients: ['s3a', 'rclone'],
  run: async (t) => {
    const bucket = await t.bucket();
    const metadata = { mtime: '1700000000.123456789', 'with-dash': 'a, b;c="d"' };
    const subject = await t.subject(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: 'v', Metadata: metadata }));
    subject.expectOk();
    const { output } = await t.observe(new HeadObjectCommand({ Bucket: bucket, Key: 'k' }));
    t.expectEqual({ ...output?.Metadata }, metadata, 'user metadata', 'ignored');
  },
});

defineCase({
  ...put,
  id: 'PutObject.user-metadata.names-in-lower-case',
  feature: 'user-metadata',
  level: 'extended',
  severity: 'minor',
  reference: metadataGuide,
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    const headers = [['X-Amz-Meta-MixedCase', 'Value']] as const;
    const subject = await t.raw({ method: 'PUT', path: t.path(bucket, 'k'), body: 'v', headers });
    subject.expectOk(200);
    const { output } = await t.observe(new HeadObjectCommand({ Bucket: bucket, Key: 'k' }));
    t.expectEqual({ ...output?.Metadata }, { mixedcase: 'Value' }, 'user metadata', 'wrong-header');
  },
});

defineCase({
  ...put,
  id: 'PutObject.user-metadata.replaced-with-the-object',
  title: 'a new object under the key has nothing of the old one: neither bytes nor metadata nor headers',
  feature: 'object-basics',
  severity: 'critical',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'the first and longer body', { metadata: { old: '1' }, contentType: 'text/old' });
    const subject = await t.subject(
      new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: 'second', Metadata: { fresh: '2' } }),
    );
    subject.expectOk();
    await t.expectObject(bucket, 'k', 'second');
    const { output } = await t.observe(new HeadObjectCommand({ Bucket: bucket, Key: 'k' }));
    t.expectEqual({ ...output?.Metadata }, { fresh: '2' }, 'user metadata', 'wrong-header');
    t.expectTrue(output?.ContentType !== 'text/old', 'the old Content-Type is gone', 'wrong-header');
  },
});

defineCase({
  ...put,
  id: 'PutObject.user-metadata.too-large',
  feature: 'user-metadata',
  level: 'extended',
  severity: 'minor',
  reference: metadataGuide,
  run: async (t) => {
    const bucket = await t.bucket();
    const metadata = { large: 'x'.repeat(2_100) };
    const subject = await t.subject(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: 'v', Metadata: metadata }));
    subject.expectError({ status: 400, code: 'MetadataTooLarge' });
    await t.expectAbsent(bucket, 'k');
  },
});

defineCase({
  ...put,
  id: 'PutObject.tagging.header',
  title: 'x-amz-tagging gives the object its tags',
  feature: 'object-tagging',
  level: 'extended',
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.subject(
      new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: 'v', Tagging: 'team=blue%20one&empty=' }),
    );
    subject.expectOk();
    const { output } = await t.observe(new GetObjectTaggingCommand({ Bucket: bucket, Key: 'k' }));
    const tags = (output?.TagSet ?? []).map(({ Key, Value }) => `${Key ?? ''}=${Value ?? ''}`).sort();
    t.expectEqual(tags, ['empty=', 'team=blue one'], 'tags', 'ignored');
  },
});

defineTable(
  [
    ['key-too-long', `${'k'.repeat(129)}=v`],
    ['value-too-long', `k=${'v'.repeat(257)}`],
  ] as const,
  ([condition, tagging]) => ({
    ...put,
    id: `PutObject.tagging.${condition}`,
    feature: 'object-tagging',
    level: 'extended',
    severity: 'minor',
    reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html',
    run: async (t) => {
      const bucket = await t.bucket();
      const subject = await t.subject(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: 'v', Tagging: tagging }));
      subject.expectError({ status: 400, code: 'InvalidTag' });
      await t.expectAbsent(bucket, 'k');
    },
  }),
);
