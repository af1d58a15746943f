import {
  GetBucketAclCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketAclCommand,
  type PutBucketAclCommandInput,
} from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { apiPage } from '../../fixtures/aws-pages.ts';

const described = { level: 'extended', severity: 'minor' } as const;

defineCase({
  ...described,
  id: 'HeadBucket.plain-answer.claims-nothing',
  title: 'a bucket is no access point, and says nothing that only directory buckets say',
  operation: 'HeadBucket',
  feature: 'bucket-basics',
  reference: apiPage('HeadBucket'),
  run: async (t) => {
    const bucket = await t.bucket();
    const output = (await t.subject(new HeadBucketCommand({ Bucket: bucket }))).expectOk();
    t.expectMatch(output.BucketRegion, /\S/, 'x-amz-bucket-region', 'wrong-header');
    const ofDirectories = [output.BucketLocationType, output.BucketLocationName];
    t.expectEqual(ofDirectories, [undefined, undefined], 'headers of directory buckets', 'wrong-header');
    const { BucketArn = `:::${bucket}` } = output;
    t.expectMatch(BucketArn, new RegExp(`:::${bucket}$`), 'x-amz-bucket-arn, where there is one', 'wrong-header');
    t.expectEqual(output.AccessPointAlias ?? false, false, 'x-amz-access-point-alias', 'wrong-header');
  },
});

defineCase({
  ...described,
  id: 'ListBuckets.list-buckets.owner',
  title: 'the list names the owner of the buckets, who owns their ACLs too',
  operation: 'ListBuckets',
  feature: 'list-buckets',
  level: 'core',
  reference: apiPage('ListBuckets'),
  run: async (t) => {
    const bucket = await t.bucket();
    const { Owner } = await t.setup(new GetBucketAclCommand({ Bucket: bucket }));
    const output = (await t.subject(new ListBucketsCommand({}))).expectOk();
    t.expectMatch(output.Owner?.ID, /\S/, 'Owner.ID');
    t.expectEqual(output.Owner?.ID, Owner?.ID, 'Owner.ID');
  },
});

const everyone = 'uri="http://acs.amazonaws.com/groups/global/AllUsers"';
const grants: readonly (readonly [string, Partial<PutBucketAclCommandInput>])[] = [
  ['grant-full-control', { GrantFullControl: everyone }],
  ['grant-read-acp', { GrantReadACP: everyone }],
  ['grant-write', { GrantWrite: everyone }],
  ['grant-write-acp', { GrantWriteACP: everyone }],
];

defineTable(grants, ([condition, grant]) => ({
  id: `PutBucketAcl.acl.${condition}`,
  title: `${condition.replaceAll('-', ' ')} to everyone where ACLs are disabled: 400, and the ACL stays`,
  operation: 'PutBucketAcl',
  feature: 'acl',
  level: 'core',
  severity: 'critical',
  requires: ['acl-enforced-owner'],
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-ownership-error-responses.html',
  run: async (t) => {
    const Bucket = await t.bucket();
    const before = await t.setup(new GetBucketAclCommand({ Bucket }));
    const put = await t.subject(new PutBucketAclCommand({ Bucket, ...grant }));
    put.expectError({ status: 400, code: 'AccessControlListNotSupported' });
    const { output } = await t.observe(new GetBucketAclCommand({ Bucket }));
    t.expectEqual(output?.Grants, before.Grants, 'grants', 'state-damaged');
  },
}));
