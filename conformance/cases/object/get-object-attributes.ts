import { GetObjectAttributesCommand, type CompletedPart, type ObjectAttributes } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { checksumOf, compositeChecksum, md5Hex } from '../../fixtures/digests.ts';
import { completion, largePart, putInParts, sendPartWithSha256, startUpload } from '../../fixtures/multipart.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html';
const attributes = {
  operation: 'GetObjectAttributes',
  feature: 'object-attributes',
  level: 'core',
  severity: 'major',
  reference,
} as const;

const all: ObjectAttributes[] = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'];

defineTable(
  [
    ['etag', 'ETag', md5Hex('the body')],
    ['object-size', 'ObjectSize', 8],
    ['storage-class', 'StorageClass', 'STANDARD'],
  ] as const,
  ([condition, name, value]) => ({
    ...attributes,
    id: `GetObjectAttributes.asked-for.${condition}`,
    title: `${name}, and of the others none`,
    run: async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'k', 'the body');
      const subject = await t.subject(
        new GetObjectAttributesCommand({ Bucket: bucket, Key: 'k', ObjectAttributes: [name] }),
      );
      const output = subject.expectOk();
      subject.expectRoot('GetObjectAttributesResponse');
      t.expectEqual(output[name], value, name);
      const others = all.filter((one) => one !== name && output[one] !== undefined);
      t.expectEqual(others, [], 'attributes that nobody asked for', 'wrong-shape');
      subject.expectHeader('last-modified', /GMT$/);
    },
  }),
);

defineCase({
  ...attributes,
  id: 'GetObjectAttributes.asked-for.checksum',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'the body');
    const subject = await t.subject(
      new GetObjectAttributesCommand({ Bucket: bucket, Key: 'k', ObjectAttributes: ['Checksum'] }),
    );
    const { Checksum } = subject.expectOk();
    t.expectEqual(Checksum?.ChecksumCRC32, checksumOf('CRC32', 'the body'), 'ChecksumCRC32');
    t.expectEqual(Checksum?.ChecksumType, 'FULL_OBJECT', 'ChecksumType');
  },
});

defineCase({
  ...attributes,
  id: 'GetObjectAttributes.parts.count',
  title: 'an object completed from one part tells that',
  run: async (t) => {
    const bucket = await t.bucket();
    await putInParts(t, bucket, ['the only part']);
    const subject = await t.subject(
      new GetObjectAttributesCommand({ Bucket: bucket, Key: 'k', ObjectAttributes: ['ObjectParts', 'ObjectSize'] }),
    );
    const output = subject.expectOk();
    t.expectEqual(output.ObjectParts?.TotalPartsCount, 1, 'PartsCount');
    t.expectEqual(output.ObjectSize, 13, 'ObjectSize');
  },
});

defineCase({
  ...attributes,
  id: 'GetObjectAttributes.parts.paged',
  title: 'parts with checksums are told one by one, in pages of x-amz-max-parts',
  level: 'extended',
  requires: ['large-object'],
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket, { ChecksumAlgorithm: 'SHA256' });
    const bodies = [largePart, Buffer.from('the second part')];
    const parts: CompletedPart[] = [];
    for (const [index, body] of bodies.entries()) {
      parts.push(await sendPartWithSha256(t, upload, index + 1, body));
    }
    await t.setup(completion(upload, parts));
    const subject = await t.subject(
      new GetObjectAttributesCommand({
        Bucket: bucket,
        Key: 'k',
        ObjectAttributes: ['ObjectParts', 'Checksum'],
        MaxParts: 1,
        PartNumberMarker: '1',
      }),
    );
    const { Checksum, ObjectParts } = subject.expectOk();
    t.expectEqual(
      Checksum?.ChecksumSHA256?.replace(/-2$/, ''),
      compositeChecksum('SHA256', bodies).slice(0, -2),
      'checksum',
    );
    t.expectEqual(ObjectParts?.TotalPartsCount, 2, 'PartsCount');
    t.expectEqual(ObjectParts?.IsTruncated, false, 'IsTruncated');
    const told = (ObjectParts?.Parts ?? []).map(({ PartNumber, Size, ChecksumSHA256 }) => [
      PartNumber,
      Size,
      ChecksumSHA256,
    ]);
    t.expectEqual(told, [[2, 15, checksumOf('SHA256', 'the second part')]], 'parts');
  },
});

defineTable(
  [
    ['key', 'NoSuchKey'],
    ['bucket', 'NoSuchBucket'],
  ] as const,
  ([missing, code]) => ({
    ...attributes,
    id: `GetObjectAttributes.${missing}.missing`,
    run: async (t) => {
      const bucket = missing === 'key' ? await t.bucket() : t.bucketName();
      const subject = await t.subject(
        new GetObjectAttributesCommand({ Bucket: bucket, Key: 'absent', ObjectAttributes: ['ETag'] }),
      );
      subject.expectError({ status: 404, code });
    },
  }),
);

defineTable(
  [
    ['missing', [], {}],
    ['unknown', [['x-amz-object-attributes', 'Colour']], { code: 'InvalidArgument' }],
  ] as const,
  ([condition, headers, code]) => ({
    ...attributes,
    id: `GetObjectAttributes.attribute-names.${condition}`,
    level: 'extended',
    severity: 'minor',
    transport: 'raw',
    run: async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'k', 'v');
      const query = [['attributes', '']] as const;
      const subject = await t.raw({ method: 'GET', path: t.path(bucket, 'k'), query, headers });
      subject.expectError({ status: 400, ...code });
    },
  }),
);

defineCase({
  ...attributes,
  id: 'GetObjectAttributes.query.without-equals-sign',
  title: '?attributes without "=" is the attributes, and never the bytes of the object',
  severity: 'critical',
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'the body');
    const headers = [['x-amz-object-attributes', 'ObjectSize,ETag']] as const;
    const subject = await t.raw({ method: 'GET', path: t.path(bucket, 'k'), query: 'attributes', headers });
    subject.expectOk(200);
    subject.expectRoot('GetObjectAttributesResponse');
  },
});
