import { GetBucketPolicyCommand } from '@aws-sdk/client-s3';
import { defineConfigurationRead } from './configuration-read.ts';

defineConfigurationRead({
  operation: 'GetBucketPolicy',
  feature: 'policy',
  query: 'policy',
  command: (input) => new GetBucketPolicyCommand(input),
  answer: { status: 404, code: 'NoSuchBucketPolicy' },
});
