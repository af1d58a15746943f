import { GetBucketRequestPaymentCommand } from '@aws-sdk/client-s3';
import { defineConfigurationRead } from './configuration-read.ts';

defineConfigurationRead({
  operation: 'GetBucketRequestPayment',
  feature: 'bucket-configuration',
  query: 'requestPayment',
  command: (input) => new GetBucketRequestPaymentCommand(input),
  answer: { root: 'RequestPaymentConfiguration', read: ({ Payer }) => Payer, expected: 'BucketOwner' },
});
