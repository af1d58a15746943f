import { GetObjectAclCommand } from '@aws-sdk/client-s3';
import { defineObjectRefusals } from '../tagging/object-refusals.ts';
import { defineAclReads } from './acl-operations.ts';
import { objectAcl } from './put-object-acl.ts';

defineAclReads(objectAcl);

defineObjectRefusals({
  operation: 'GetObjectAcl',
  feature: 'acl',
  command: (input) => new GetObjectAclCommand(input),
});
