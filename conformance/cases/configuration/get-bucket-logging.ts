import { GetBucketLoggingCommand } from '@aws-sdk/client-s3';
import { defineConfigurationRead } from './configuration-read.ts';

defineConfigurationRead({
  operation: 'GetBucketLogging',
  feature: 'logging',
  query: 'logging',
  command: (input) => new GetBucketLoggingCommand(input),
  answer: { root: 'BucketLoggingStatus', read: ({ LoggingEnabled }) => LoggingEnabled, expected: undefined },
});
