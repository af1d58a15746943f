import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { largePart, putInParts } from '../../fixtures/multipart.ts';
import { apiPage } from '../../fixtures/aws-pages.ts';

const described = { level: 'core', severity: 'major' } as const;

defineCase({
  ...described,
  id: 'GetObject.part-number.first-of-two',
  title: 'partNumber=1 gives the bytes of the first part, and how many parts there are',
  operation: 'GetObject',
  feature: 'part-number',
  requires: ['large-object'],
  reference: apiPage('GetObject'),
  clients: ['aws-cli', 's3-transfer-manager'],
  run: async (t) => {
    const bucket = await t.bucket();
    await putInParts(t, bucket, [largePart, 'the second part']);
    const get = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: 'k', PartNumber: 1 }));
    const output = get.expectOk(206);
    t.expectEqual(output.PartsCount, 2, 'x-amz-mp-parts-count', 'wrong-header');
    const [last, all] = [largePart.length - 1, largePart.length + 15];
    t.expectEqual(output.ContentRange, `bytes 0-${String(last)}/${String(all)}`, 'Content-Range', 'wrong-header');
    get.expectBody(largePart);
  },
});

defineTable(
  [
    ['suffix', 'bytes=-3', '3', 'bytes 7-9/10'],
    ['open-end', 'bytes=6-', '4', 'bytes 6-9/10'],
    ['end-past-last-byte', 'bytes=8-99', '2', 'bytes 8-9/10'],
  ] as const,
  ([condition, Range, length, contentRange]) => ({
    ...described,
    id: `HeadObject.range.${condition}`,
    title: `HEAD with Range (${condition.replaceAll('-', ' ')}) tells what GET would give`,
    operation: 'HeadObject',
    feature: 'range',
    level: 'extended',
    severity: 'minor',
    reference: apiPage('HeadObject'),
    run: async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'k', '0123456789');
      const head = await t.subject(new HeadObjectCommand({ Bucket: bucket, Key: 'k', Range }));
      head.expectOk(206);
      head.expectHeader('content-length', length);
      head.expectHeader('content-range', contentRange);
    },
  }),
);

defineCase({
  ...described,
  id: 'HeadObject.part-number.past-last-part',
  title: 'a part that the object does not have: 416 without a body',
  operation: 'HeadObject',
  feature: 'part-number',
  level: 'extended',
  reference: apiPage('HeadObject'),
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const head = await t.subject(new HeadObjectCommand({ Bucket: bucket, Key: 'k', PartNumber: 2 }));
    head.expectError({ status: 416 });
    head.expectBody('');
  },
});

defineTable(['GetObject', 'HeadObject'] as const, (operation) => ({
  ...described,
  id: `${operation}.overwritten-object.nothing-of-the-old-one`,
  title: 'an object that was overwritten keeps no header, metadata or tag of the one before',
  operation,
  feature: 'object-metadata',
  reference: apiPage(operation),
  run: async (t) => {
    const Bucket = await t.bucket();
    const old = { ContentLanguage: 'de', CacheControl: 'no-store', Metadata: { old: '1' }, Tagging: 'a=1' };
    await t.setup(new PutObjectCommand({ ...old, Bucket, Key: 'k', Body: 'the old body' }));
    await t.put(Bucket, 'k', 'new', { metadata: { fresh: '1' } });
    const command = { Bucket, Key: 'k' };
    const subject =
      operation === 'GetObject'
        ? await t.subject(new GetObjectCommand(command))
        : await t.subject(new HeadObjectCommand(command));
    const output = subject.expectOk();
    t.expectEqual({ ...output.Metadata }, { fresh: '1' }, 'user metadata', 'wrong-header');
    const kept = [output.ContentLanguage, output.CacheControl, output.TagCount];
    t.expectEqual(kept, [undefined, undefined, undefined], 'headers of the old object', 'wrong-header');
    t.expectEqual(output.ContentLength, 3, 'Content-Length', 'wrong-header');
  },
}));

defineCase({
  ...described,
  id: 'GetObject.if-match.range-of-one-version',
  title: 'a range with If-Match and the ETag that a HEAD gave is how downloaders read one version',
  operation: 'GetObject',
  feature: 'conditional-read',
  reference: apiPage('GetObject'),
  clients: ['s3-transfer-manager', 'mountpoint'],
  run: async (t) => {
    const Bucket = await t.bucket();
    await t.put(Bucket, 'k', '0123456789');
    const { ETag } = await t.setup(new HeadObjectCommand({ Bucket, Key: 'k' }));
    const get = await t.subject(new GetObjectCommand({ Bucket, Key: 'k', IfMatch: ETag, Range: 'bytes=2-4' }));
    t.expectEqual(get.expectOk(206).ETag, ETag, 'ETag', 'wrong-header');
    get.expectBody('234');
  },
});
