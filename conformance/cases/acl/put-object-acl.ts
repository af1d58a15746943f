import { GetObjectAclCommand, PutObjectAclCommand } from '@aws-sdk/client-s3';
import { defineCase } from '../../engine/define-case.ts';
import { defineObjectRefusals } from '../tagging/object-refusals.ts';
import { defineAclWrites } from './acl-operations.ts';

export const objectAcl = {
  get: 'GetObjectAcl',
  put: 'PutObjectAcl',
  key: 'k',
  getCommand: (bucket: string) => new GetObjectAclCommand({ Bucket: bucket, Key: 'k' }),
  putPolicy: (bucket: string, policy: PutObjectAclCommand['input']['AccessControlPolicy']) =>
    new PutObjectAclCommand({ Bucket: bucket, Key: 'k', AccessControlPolicy: policy }),
} as const;

defineAclWrites(objectAcl);

defineCase({
  id: 'PutObjectAcl.acl.bucket-owner-full-control',
  title: 'bucket-owner-full-control, which clients send by habit, is accepted; the object stays',
  operation: 'PutObjectAcl',
  feature: 'acl',
  level: 'core',
  severity: 'major',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html',
  clients: ['s3a'],
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const input = { Bucket: bucket, Key: 'k', ACL: 'bucket-owner-full-control' } as const;
    (await t.subject(new PutObjectAclCommand(input))).expectOk();
    await t.expectObject(bucket, 'k', 'v');
  },
});

defineObjectRefusals({
  operation: 'PutObjectAcl',
  feature: 'acl',
  command: (input) => new PutObjectAclCommand({ ...input, ACL: 'bucket-owner-full-control' }),
});
