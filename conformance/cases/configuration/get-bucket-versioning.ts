import { GetBucketVersioningCommand } from '@aws-sdk/client-s3';
import { defineConfigurationRead } from './configuration-read.ts';

defineConfigurationRead({
  operation: 'GetBucketVersioning',
  feature: 'versioning',
  query: 'versioning',
  command: (input) => new GetBucketVersioningCommand(input),
  answer: {
    root: 'VersioningConfiguration',
    read: ({ Status, MFADelete }) => ({ Status, MFADelete }),
    expected: { Status: undefined, MFADelete: undefined },
  },
});
