import { CreateBucketCommand, GetBucketTaggingCommand, type CreateBucketCommandInput } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { expectHonouredOrRefused } from '../../fixtures/lacked-feature.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html';
const ownership = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-ownership-error-responses.html';
const create = { operation: 'CreateBucket', level: 'core', severity: 'major', reference } as const;

const everyone = 'uri="http://acs.amazonaws.com/groups/global/AllUsers"';
const grants: readonly (readonly [string, Partial<CreateBucketCommandInput>])[] = [
  ['grant-full-control', { GrantFullControl: everyone }],
  ['grant-read-acp', { GrantReadACP: everyone }],
  ['grant-write', { GrantWrite: everyone }],
  ['grant-write-acp', { GrantWriteACP: everyone }],
];

defineTable(grants, ([condition, grant]) => ({
  ...create,
  id: `CreateBucket.acl.${condition}`,
  title: `${condition.replaceAll('-', ' ')} to everyone while ACLs are disabled by default: 400, and no bucket`,
  feature: 'acl',
  severity: 'critical',
  requires: ['acl-enforced-owner'],
  reference: ownership,
  run: async (t) => {
    const bucket = t.bucketName();
    const creation = await t.subject(new CreateBucketCommand({ Bucket: bucket, ...grant }));
    creation.expectError({ status: 400, code: 'InvalidBucketAclWithObjectOwnership' });
    await t.expectBucketAbsent(bucket);
  },
}));

defineCase({
  ...create,
  id: 'CreateBucket.bucket-naming.global-namespace',
  title: 'the global namespace, which is the default, can be asked for',
  feature: 'bucket-naming',
  level: 'extended',
  severity: 'minor',
  run: async (t) => {
    const bucket = t.bucketName();
    const input = { Bucket: bucket, BucketNamespace: 'global' } as const;
    t.expectMatch((await t.subject(new CreateBucketCommand(input))).expectOk().Location, /\S/, 'Location');
    await t.expectKeys(bucket, []);
  },
});

defineCase({
  ...create,
  id: 'CreateBucket.bucket-basics.arn',
  title: 'the ARN of a bucket, where the answer has one, ends in its name',
  feature: 'bucket-basics',
  level: 'optional',
  severity: 'minor',
  run: async (t) => {
    const bucket = t.bucketName();
    const output = (await t.subject(new CreateBucketCommand({ Bucket: bucket }))).expectOk();
    t.expectMatch(output.Location, /\S/, 'Location', 'wrong-header');
    const { BucketArn = `:::${bucket}` } = output;
    t.expectMatch(BucketArn, new RegExp(`:::${bucket}$`), 'x-amz-bucket-arn', 'wrong-header');
  },
});

defineCase({
  ...create,
  id: 'CreateBucket.header-refusal.tags',
  title: 'tags given with the bucket are its tags, or they are refused and no bucket is made',
  feature: 'header-refusal',
  level: 'extended',
  clients: ['terraform'],
  run: async (t) => {
    await t.bucket(); // a server that makes no buckets at all says nothing here
    const bucket = t.bucketName();
    const Tags = [{ Key: 'team', Value: 'storage' }];
    const creation = await t.subject(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { Tags } }));
    await expectHonouredOrRefused(t, creation, {
      honoured: async () => {
        const { output } = await t.observe(new GetBucketTaggingCommand({ Bucket: bucket }));
        t.expectEqual(output?.TagSet, Tags, 'tags', 'ignored');
      },
      unchanged: () => t.expectBucketAbsent(bucket),
    });
  },
});
