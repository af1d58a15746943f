import { GetBucketAclCommand, PutBucketAclCommand } from '@aws-sdk/client-s3';
import { defineBucketRefusals } from '../configuration/configuration-read.ts';
import { defineAclWrites } from './acl-operations.ts';

export const bucketAcl = {
  get: 'GetBucketAcl',
  put: 'PutBucketAcl',
  key: '',
  getCommand: (bucket: string) => new GetBucketAclCommand({ Bucket: bucket }),
  putPolicy: (bucket: string, policy: PutBucketAclCommand['input']['AccessControlPolicy']) =>
    new PutBucketAclCommand({ Bucket: bucket, AccessControlPolicy: policy }),
} as const;

defineAclWrites(bucketAcl);

defineBucketRefusals({
  operation: 'PutBucketAcl',
  feature: 'acl',
  command: (input) => new PutBucketAclCommand({ ...input, ACL: 'private' }),
});
