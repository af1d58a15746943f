import { DeletePublicAccessBlockCommand, GetPublicAccessBlockCommand } from '@aws-sdk/client-s3';
import { defineConfigurationRead } from './configuration-read.ts';

defineConfigurationRead({
  operation: 'GetPublicAccessBlock',
  feature: 'bucket-configuration',
  query: 'publicAccessBlock',
  command: (input) => new GetPublicAccessBlockCommand(input),
  answer: { status: 404, code: 'NoSuchPublicAccessBlockConfiguration' },
  // AWS gives every new bucket one. A server that never does may refuse to delete it.
  prepare: (t, bucket) => t.look(new DeletePublicAccessBlockCommand({ Bucket: bucket })),
});
