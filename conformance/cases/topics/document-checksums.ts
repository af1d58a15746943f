import {
  DeleteObjectsCommand,
  GetBucketAclCommand,
  GetBucketTaggingCommand,
  GetObjectTaggingCommand,
  PutBucketAclCommand,
  PutBucketTaggingCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import type { CaseContext, RawSubject } from '../../engine/case-context.ts';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { checksumOf, md5Base64 } from '../../fixtures/digests.ts';

const described = {
  feature: 'checksum',
  level: 'core',
  severity: 'major',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html',
} as const;

const TagSet = [{ Key: 'a', Value: '1' }];
const tagging = '<Tagging><TagSet><Tag><Key>b</Key><Value>2</Value></Tag></TagSet></Tagging>';

defineCase({
  ...described,
  id: 'PutBucketTagging.checksum.sha256',
  title: 'tags of a bucket may come with the SHA256 of their document',
  operation: 'PutBucketTagging',
  run: async (t) => {
    const Bucket = await t.bucket();
    const command = new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet }, ChecksumAlgorithm: 'SHA256' });
    (await t.subject(command)).expectOk(204);
    const { output } = await t.observe(new GetBucketTaggingCommand({ Bucket }));
    t.expectEqual(output?.TagSet, TagSet, 'tags', 'ignored');
  },
});

defineCase({
  ...described,
  id: 'PutObjectTagging.checksum.sha256',
  title: 'tags of an object may come with the SHA256 of their document',
  operation: 'PutObjectTagging',
  run: async (t) => {
    const Bucket = await t.bucket();
    await t.put(Bucket, 'k', 'v');
    const input = { Bucket, Key: 'k', Tagging: { TagSet }, ChecksumAlgorithm: 'SHA256' } as const;
    (await t.subject(new PutObjectTaggingCommand({ ...input, Tagging: { TagSet } }))).expectOk();
    const { output } = await t.observe(new GetObjectTaggingCommand({ Bucket, Key: 'k' }));
    t.expectEqual(output?.TagSet, TagSet, 'tags', 'ignored');
  },
});

defineCase({
  ...described,
  id: 'DeleteObjects.checksum.sha256',
  title: 'a list of keys may come with its SHA256',
  operation: 'DeleteObjects',
  run: async (t) => {
    const Bucket = await t.bucket();
    await t.put(Bucket, 'k', 'v');
    const Delete = { Objects: [{ Key: 'k' }] };
    const command = new DeleteObjectsCommand({ Bucket, Delete, ChecksumAlgorithm: 'SHA256' });
    t.expectEqual((await t.subject(command)).expectOk().Deleted, [{ Key: 'k' }], 'Deleted');
    await t.expectKeys(Bucket, []);
  },
});

defineCase({
  ...described,
  id: 'PutBucketAcl.checksum.sha256',
  title: 'an ACL may come with the SHA256 of its document',
  operation: 'PutBucketAcl',
  level: 'extended',
  severity: 'minor',
  run: async (t) => {
    const Bucket = await t.bucket();
    const { Owner, Grants } = await t.setup(new GetBucketAclCommand({ Bucket }));
    t.expectMatch(Owner?.ID, /\S/, 'Owner.ID');
    const policy = { AccessControlPolicy: { Owner, Grants }, ChecksumAlgorithm: 'SHA256' } as const;
    (await t.subject(new PutBucketAclCommand({ Bucket, ...policy }))).expectOk();
    const { output } = await t.observe(new GetBucketAclCommand({ Bucket }));
    t.expectEqual(output?.Grants, Grants, 'grants', 'state-damaged');
  },
});

type Header = readonly [name: string, value: string];

/** Condition, header, and what the refusal says. */
type Refusal = readonly [condition: string, header: Header, code: string];
const otherChecksum: Refusal = [
  'checksum.wrong',
  ['x-amz-checksum-crc32', checksumOf('CRC32', 'another document')],
  'BadDigest',
];
const otherMd5: Refusal = ['content-md5.wrong', ['content-md5', md5Base64('another document')], 'BadDigest'];
const noMd5: Refusal = ['content-md5.malformed', ['content-md5', 'no MD5'], 'InvalidDigest'];

function putTagging(t: CaseContext, path: string, header: Header): Promise<RawSubject> {
  return t.raw({ method: 'PUT', path, query: [['tagging', '']], headers: [header], body: tagging });
}

defineTable([otherChecksum, otherMd5, noMd5], ([condition, header, code]) => ({
  ...described,
  id: `PutBucketTagging.${condition}`,
  title: `${header[0]}, ${condition.replace(/.*\./, '')}: 400 ${code}, and the tags stay`,
  operation: 'PutBucketTagging',
  transport: 'raw',
  run: async (t) => {
    const Bucket = await t.bucket();
    await t.setup(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    (await putTagging(t, t.path(Bucket), header)).expectError({ status: 400, code });
    const { output } = await t.observe(new GetBucketTaggingCommand({ Bucket }));
    t.expectEqual(output?.TagSet, TagSet, 'tags', 'state-damaged');
  },
}));

/** A wrong Content-MD5 is in tagging/put-object-tagging.ts. */
defineTable([otherChecksum, noMd5], ([condition, header, code]) => ({
  ...described,
  id: `PutObjectTagging.${condition}`,
  title: `${header[0]}, ${condition.replace(/.*\./, '')}: 400 ${code}, and the tags stay`,
  operation: 'PutObjectTagging',
  transport: 'raw',
  run: async (t) => {
    const Bucket = await t.bucket();
    await t.put(Bucket, 'k', 'v', { tagging: 'a=1' });
    (await putTagging(t, t.path(Bucket, 'k'), header)).expectError({ status: 400, code });
    const { output } = await t.observe(new GetObjectTaggingCommand({ Bucket, Key: 'k' }));
    t.expectEqual(output?.TagSet, TagSet, 'tags', 'state-damaged');
  },
}));

defineCase({
  ...described,
  id: 'DeleteObjects.content-md5.malformed',
  title: 'a list of keys whose Content-MD5 is none: 400 InvalidDigest, and nothing is deleted',
  operation: 'DeleteObjects',
  severity: 'critical',
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const subject = await t.raw({
      method: 'POST',
      path: t.path(bucket),
      query: [['delete', '']],
      headers: [['content-md5', 'no MD5']],
      body: '<Delete><Object><Key>k</Key></Object></Delete>',
    });
    subject.expectError({ status: 400, code: 'InvalidDigest' });
    await t.expectObject(bucket, 'k', 'v');
  },
});

defineTable([otherMd5, noMd5], ([condition, header, code]) => ({
  ...described,
  id: `PutBucketAcl.${condition}`,
  title: `${header[0]}, ${condition.replace(/.*\./, '')}: 400 ${code}, and the ACL stays`,
  operation: 'PutBucketAcl',
  level: 'extended',
  severity: 'minor',
  transport: 'raw',
  run: async (t) => {
    const Bucket = await t.bucket();
    const before = await t.setup(new GetBucketAclCommand({ Bucket }));
    const owner = before.Owner?.ID ?? '';
    const grant =
      `<Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>${owner}</ID>` +
      '</Grantee><Permission>FULL_CONTROL</Permission>';
    const body =
      `<AccessControlPolicy><Owner><ID>${owner}</ID></Owner><AccessControlList><Grant>${grant}</Grant>` +
      '</AccessControlList></AccessControlPolicy>';
    const subject = await t.raw({ method: 'PUT', path: t.path(Bucket), query: [['acl', '']], headers: [header], body });
    subject.expectError({ status: 400, code });
    const { output } = await t.observe(new GetBucketAclCommand({ Bucket }));
    t.expectEqual(output?.Grants, before.Grants, 'grants', 'state-damaged');
  },
}));
