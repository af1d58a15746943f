import { GetBucketAclCommand, ListBucketsCommand } from '@aws-sdk/client-s3';
import { defineCase } from '../../engine/define-case.ts';
import { defineBucketRefusals } from '../configuration/configuration-read.ts';
import { defineAclReads } from './acl-operations.ts';
import { bucketAcl } from './put-bucket-acl.ts';

defineAclReads(bucketAcl);

defineCase({
  id: 'GetBucketAcl.acl.owner-is-who-lists',
  title: 'the owner is the one that ListBuckets names',
  operation: 'GetBucketAcl',
  feature: 'acl',
  level: 'core',
  severity: 'major',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html',
  run: async (t) => {
    const bucket = await t.bucket();
    const { Owner } = await t.setup(new ListBucketsCommand({}));
    const get = await t.subject(new GetBucketAclCommand({ Bucket: bucket }));
    const owner = get.expectOk().Owner?.ID;
    t.expectMatch(owner, /\S/, 'Owner.ID');
    t.expectEqual(owner, Owner?.ID, 'Owner.ID');
  },
});

defineBucketRefusals({
  operation: 'GetBucketAcl',
  feature: 'acl',
  command: (input) => new GetBucketAclCommand(input),
});
