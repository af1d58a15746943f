import { GetBucketLifecycleConfigurationCommand } from '@aws-sdk/client-s3';
import { defineConfigurationRead } from './configuration-read.ts';

defineConfigurationRead({
  operation: 'GetBucketLifecycleConfiguration',
  feature: 'lifecycle',
  query: 'lifecycle',
  command: (input) => new GetBucketLifecycleConfigurationCommand(input),
  answer: { status: 404, code: 'NoSuchLifecycleConfiguration' },
});
