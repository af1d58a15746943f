import { GetBucketAccelerateConfigurationCommand } from '@aws-sdk/client-s3';
import { defineConfigurationRead } from './configuration-read.ts';

defineConfigurationRead({
  operation: 'GetBucketAccelerateConfiguration',
  feature: 'bucket-configuration',
  query: 'accelerate',
  command: (input) => new GetBucketAccelerateConfigurationCommand(input),
  answer: { root: 'AccelerateConfiguration', read: ({ Status }) => Status, expected: undefined },
});
