import { CopyObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { md5Hex } from '../../fixtures/digests.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html';
const copy = { operation: 'CopyObject', feature: 'copy', level: 'core', severity: 'major', reference } as const;

defineTable(['same-bucket', 'other-bucket'] as const, (where) => ({
  ...copy,
  id: `CopyObject.whole.${where}`,
  title: 'the copy holds the bytes of the source, which stays',
  severity: 'critical',
  run: async (t) => {
    const from = await t.bucket();
    const to = where === 'same-bucket' ? from : await t.bucket();
    await t.put(from, 'source', 'the body');
    const subject = await t.subject(new CopyObjectCommand({ Bucket: to, Key: 'target', CopySource: `${from}/source` }));
    const { CopyObjectResult } = subject.expectOk();
    subject.expectRoot('CopyObjectResult');
    t.expectEqual(CopyObjectResult?.ETag, `"${md5Hex('the body')}"`, 'ETag');
    t.expectTrue(CopyObjectResult?.LastModified instanceof Date, 'LastModified is there', 'wrong-shape');
    await t.expectObject(to, 'target', 'the body');
    await t.expectObject(from, 'source', 'the body');
  },
}));

defineCase({
  ...copy,
  id: 'CopyObject.whole.empty-object',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'source', '');
    const subject = await t.subject(
      new CopyObjectCommand({ Bucket: bucket, Key: 'target', CopySource: `${bucket}/source` }),
    );
    t.expectEqual(subject.expectOk().CopyObjectResult?.ETag, `"${md5Hex('')}"`, 'ETag');
    await t.expectObject(bucket, 'target', '');
  },
});

defineCase({
  ...copy,
  id: 'CopyObject.whole.replaces-target',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'source', 'new');
    await t.put(bucket, 'target', 'the old and longer body');
    const subject = await t.subject(
      new CopyObjectCommand({ Bucket: bucket, Key: 'target', CopySource: `${bucket}/source` }),
    );
    subject.expectOk();
    await t.expectObject(bucket, 'target', 'new');
  },
});

const copied = { contentType: 'text/source', metadata: { colour: 'blue', size: 'l' } };

defineTable(
  [
    ['default', {}, 'text/source', copied.metadata],
    [
      'copy',
      { MetadataDirective: 'COPY', ContentType: 'text/new', Metadata: { fresh: '1' } },
      'text/source',
      copied.metadata,
    ],
    [
      'replace',
      { MetadataDirective: 'REPLACE', ContentType: 'text/new', Metadata: { fresh: '1' } },
      'text/new',
      { fresh: '1' },
    ],
  ] as const,
  ([condition, input, contentType, metadata]) => ({
    ...copy,
    id: `CopyObject.metadata-directive.${condition}`,
    feature: 'object-metadata',
    clients: ['rclone'],
    run: async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'source', 'v', copied);
      const names = { Bucket: bucket, Key: 'target', CopySource: `${bucket}/source` };
      const subject = await t.subject(new CopyObjectCommand({ ...names, ...input }));
      subject.expectOk();
      const { output } = await t.observe(new HeadObjectCommand({ Bucket: bucket, Key: 'target' }));
      t.expectEqual(output?.ContentType, contentType, 'Content-Type', 'wrong-header');
      t.expectEqual({ ...output?.Metadata }, metadata, 'user metadata', 'wrong-header');
      await t.expectObject(bucket, 'target', 'v');
    },
  }),
);

defineCase({
  ...copy,
  id: 'CopyObject.onto-itself.replaced-metadata',
  title: 'a copy onto itself with REPLACE changes the metadata and keeps the bytes',
  feature: 'object-metadata',
  severity: 'critical',
  clients: ['rclone'],
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'the body', copied);
    const subject = await t.subject(
      new CopyObjectCommand({
        Bucket: bucket,
        Key: 'k',
        CopySource: `${bucket}/k`,
        MetadataDirective: 'REPLACE',
        Metadata: { fresh: '1' },
      }),
    );
    subject.expectOk();
    await t.expectObject(bucket, 'k', 'the body');
    const { output } = await t.observe(new HeadObjectCommand({ Bucket: bucket, Key: 'k' }));
    t.expectEqual({ ...output?.Metadata }, { fresh: '1' }, 'user metadata', 'ignored');
  },
});

defineCase({
  ...copy,
  id: 'CopyObject.onto-itself.unchanged',
  title: 'a copy onto itself that would change nothing is refused',
  feature: 'object-metadata',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'the body', copied);
    const subject = await t.subject(new CopyObjectCommand({ Bucket: bucket, Key: 'k', CopySource: `${bucket}/k` }));
    subject.expectError({ status: 400, code: 'InvalidRequest' });
    await t.expectObject(bucket, 'k', 'the body');
  },
});

defineTable(
  [
    ['key', 'NoSuchKey'],
    ['bucket', 'NoSuchBucket'],
  ] as const,
  ([missing, code]) => ({
    ...copy,
    id: `CopyObject.source.missing-${missing}`,
    run: async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'target', 'before');
      const from = missing === 'key' ? bucket : t.bucketName();
      const subject = await t.subject(
        new CopyObjectCommand({ Bucket: bucket, Key: 'target', CopySource: `${from}/absent` }),
      );
      subject.expectError({ status: 404, code });
      await t.expectObject(bucket, 'target', 'before');
    },
  }),
);

defineCase({
  ...copy,
  id: 'CopyObject.target.missing-bucket',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'source', 'v');
    const subject = await t.subject(
      new CopyObjectCommand({ Bucket: t.bucketName(), Key: 'target', CopySource: `${bucket}/source` }),
    );
    subject.expectError({ status: 404, code: 'NoSuchBucket' });
    await t.expectKeys(bucket, ['source']);
  },
});

defineTable(['', 'no-key', 'bucket-alone/'] as const, (source) => ({
  ...copy,
  id: `CopyObject.source.malformed-${source === '' ? 'empty' : source.replace('/', '')}`,
  title: `a copy source that names no object (${source === '' ? 'nothing' : source}) is refused`,
  level: 'extended',
  severity: 'minor',
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    const headers = [['x-amz-copy-source', source]] as const;
    const subject = await t.raw({ method: 'PUT', path: t.path(bucket, 'target'), headers });
    subject.expectError({ status: 400, code: 'InvalidArgument' });
    await t.expectAbsent(bucket, 'target');
  },
}));
