import { GetBucketOwnershipControlsCommand } from '@aws-sdk/client-s3';
import { defineConfigurationRead } from './configuration-read.ts';

defineConfigurationRead({
  operation: 'GetBucketOwnershipControls',
  feature: 'ownership',
  query: 'ownershipControls',
  command: (input) => new GetBucketOwnershipControlsCommand(input),
  answer: {
    root: 'OwnershipControls',
    read: ({ OwnershipControls }) => OwnershipControls?.Rules?.map(({ ObjectOwnership }) => ObjectOwnership),
    expected: ['BucketOwnerEnforced'],
  },
});
