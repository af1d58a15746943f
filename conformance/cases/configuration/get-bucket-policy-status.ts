import { GetBucketPolicyStatusCommand } from '@aws-sdk/client-s3';
import { defineConfigurationRead } from './configuration-read.ts';

defineConfigurationRead({
  operation: 'GetBucketPolicyStatus',
  feature: 'policy',
  query: 'policyStatus',
  command: (input) => new GetBucketPolicyStatusCommand(input),
  answer: { status: 404, code: 'NoSuchBucketPolicy' },
});
