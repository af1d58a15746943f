import {
  CopyObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  type CopyObjectCommandInput,
} from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { CaseBlocked } from '../../engine/failure.ts';
import { checksumOf } from '../../fixtures/digests.ts';
import { expectHonouredOrRefused } from '../../fixtures/lacked-feature.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html';
const copy = { operation: 'CopyObject', level: 'core', severity: 'major', reference } as const;
const otherEtag = '"00000000000000000000000000000000"';
const before = new Date('2001-02-03T04:05:06Z');

type Input = Partial<CopyObjectCommandInput>;

const conditions: readonly (readonly [string, (etag: string, lastModified: Date) => Input, boolean])[] = [
  ['if-match-same-etag', (etag) => ({ CopySourceIfMatch: etag }), true],
  ['if-match-other-etag', () => ({ CopySourceIfMatch: otherEtag }), false],
  ['if-none-match-other-etag', () => ({ CopySourceIfNoneMatch: otherEtag }), true],
  ['if-none-match-same-etag', (etag) => ({ CopySourceIfNoneMatch: etag }), false],
  ['if-modified-since-earlier', () => ({ CopySourceIfModifiedSince: before }), true],
  ['if-modified-since-same-second', (_, date) => ({ CopySourceIfModifiedSince: date }), false],
  ['if-unmodified-since-same-second', (_, date) => ({ CopySourceIfUnmodifiedSince: date }), true],
  ['if-unmodified-since-earlier', () => ({ CopySourceIfUnmodifiedSince: before }), false],
  [
    'if-match-with-if-unmodified-since',
    (etag) => ({ CopySourceIfMatch: etag, CopySourceIfUnmodifiedSince: before }),
    true,
  ],
  [
    'if-none-match-with-if-modified-since',
    (etag) => ({ CopySourceIfNoneMatch: etag, CopySourceIfModifiedSince: before }),
    false,
  ],
];

defineTable(conditions, ([condition, input, isMet]) => ({
  ...copy,
  id: `CopyObject.source-condition.${condition}`,
  feature: 'conditional-copy',
  severity: isMet ? 'major' : 'critical',
  run: async (t) => {
    const bucket = await t.bucket();
    const etag = await t.put(bucket, 'source', 'after');
    await t.put(bucket, 'target', 'before');
    const { LastModified } = await t.setup(new HeadObjectCommand({ Bucket: bucket, Key: 'source' }));
    if (LastModified === undefined) throw new CaseBlocked('set-up: no Last-Modified', 'wrong-header');
    const names = { Bucket: bucket, Key: 'target', CopySource: `${bucket}/source` };
    const subject = await t.subject(new CopyObjectCommand({ ...names, ...input(etag, LastModified) }));
    if (isMet) subject.expectOk();
    else subject.expectError({ status: 412, code: 'PreconditionFailed' });
    await t.expectObject(bucket, 'target', isMet ? 'after' : 'before');
  },
}));

defineTable(
  [
    ['if-none-match-existing', { IfNoneMatch: '*' }],
    ['if-match-other-etag', { IfMatch: otherEtag }],
  ] as const,
  ([condition, input]) => ({
    ...copy,
    id: `CopyObject.target-condition.${condition}`,
    title: 'a condition on the target that does not hold leaves it as it is',
    feature: 'conditional-write',
    level: 'extended',
    severity: 'critical',
    run: async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'source', 'after');
      await t.put(bucket, 'target', 'before');
      const names = { Bucket: bucket, Key: 'target', CopySource: `${bucket}/source` };
      const subject = await t.subject(new CopyObjectCommand({ ...names, ...input }));
      subject.expectError({ status: 412, code: 'PreconditionFailed' });
      await t.expectObject(bucket, 'target', 'before');
    },
  }),
);

defineTable(
  [
    ['default', {}, 'a=1'],
    ['copy', { TaggingDirective: 'COPY', Tagging: 'b=2' }, 'a=1'],
    ['replace', { TaggingDirective: 'REPLACE', Tagging: 'b=2' }, 'b=2'],
  ] as const,
  ([condition, input, tags]) => ({
    ...copy,
    id: `CopyObject.tagging-directive.${condition}`,
    feature: 'object-tagging',
    level: 'extended',
    run: async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'source', 'v', { tagging: 'a=1' });
      const names = { Bucket: bucket, Key: 'target', CopySource: `${bucket}/source` };
      const subject = await t.subject(new CopyObjectCommand({ ...names, ...input }));
      subject.expectOk();
      const { output } = await t.observe(new GetObjectTaggingCommand({ Bucket: bucket, Key: 'target' }));
      const found = (output?.TagSet ?? []).map(({ Key, Value }) => `${Key ?? ''}=${Value ?? ''}`);
      t.expectEqual(found, [tags], 'tags', 'ignored');
    },
  }),
);

defineCase({
  ...copy,
  id: 'CopyObject.directive.unknown',
  title: 'a metadata directive that is neither COPY nor REPLACE is refused',
  feature: 'object-metadata',
  level: 'extended',
  severity: 'minor',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'source', 'v');
    const names = { Bucket: bucket, Key: 'target', CopySource: `${bucket}/source` };
    const subject = await t.subject(new CopyObjectCommand({ ...names, MetadataDirective: 'MERGE' as 'COPY' }));
    subject.expectError({ status: 400, code: 'InvalidArgument' });
    await t.expectAbsent(bucket, 'target');
  },
});

defineCase({
  ...copy,
  id: 'CopyObject.checksum.sha256-asked-for',
  title: 'x-amz-checksum-algorithm gives the copy a checksum that is right',
  feature: 'checksum',
  level: 'extended',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'source', 'the body');
    const names = { Bucket: bucket, Key: 'target', CopySource: `${bucket}/source` };
    const subject = await t.subject(new CopyObjectCommand({ ...names, ChecksumAlgorithm: 'SHA256' }));
    const { CopyObjectResult } = subject.expectOk();
    t.expectEqual(CopyObjectResult?.ChecksumSHA256, checksumOf('SHA256', 'the body'), 'ChecksumSHA256');
  },
});

defineCase({
  ...copy,
  id: 'CopyObject.expected-source-owner.other',
  feature: 'expected-bucket-owner',
  severity: 'critical',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'source', 'v');
    const names = { Bucket: bucket, Key: 'target', CopySource: `${bucket}/source` };
    const subject = await t.subject(new CopyObjectCommand({ ...names, ExpectedSourceBucketOwner: '000000000000' }));
    subject.expectError({ status: 403, code: 'AccessDenied' });
    await t.expectAbsent(bucket, 'target');
  },
});

const lackable: readonly (readonly [string, Input, string, RegExp])[] = [
  ['sse-s3', { ServerSideEncryption: 'AES256' }, 'x-amz-server-side-encryption', /^AES256$/],
  ['legal-hold', { ObjectLockLegalHoldStatus: 'ON' }, 'x-amz-object-lock-legal-hold', /^ON$/],
  ['website-redirect', { WebsiteRedirectLocation: '/x' }, 'x-amz-website-redirect-location', /^\/x$/],
];

defineTable(lackable, ([condition, input, header, value]) => ({
  ...copy,
  id: `CopyObject.lacked-feature.${condition}`,
  title: `a request for ${condition} is honoured or refused, never passed over`,
  feature: 'header-refusal',
  severity: 'critical',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'source', 'v');
    const names = { Bucket: bucket, Key: 'target', CopySource: `${bucket}/source` };
    const subject = await t.subject(new CopyObjectCommand({ ...names, ...input }));
    await expectHonouredOrRefused(t, subject, {
      honoured: async () => {
        const { response } = await t.observe(new HeadObjectCommand({ Bucket: bucket, Key: 'target' }));
        t.expectMatch(response?.headers[header], value, header, 'ignored');
      },
      unchanged: () => t.expectAbsent(bucket, 'target'),
    });
  },
}));

defineCase({
  ...copy,
  id: 'CopyObject.source.malformed-version-id',
  title: 'a versionId of the source that is none does not copy the object as it is now',
  feature: 'header-refusal',
  severity: 'critical',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'source', 'v');
    const subject = await t.subject(
      new CopyObjectCommand({ Bucket: bucket, Key: 'target', CopySource: `${bucket}/source?versionId=no-version` }),
    );
    subject.expectError({ status: 400, code: 'InvalidArgument' });
    await t.expectAbsent(bucket, 'target');
  },
});
