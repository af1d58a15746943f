import { GetBucketReplicationCommand } from '@aws-sdk/client-s3';
import { defineConfigurationRead } from './configuration-read.ts';

defineConfigurationRead({
  operation: 'GetBucketReplication',
  feature: 'replication',
  query: 'replication',
  command: (input) => new GetBucketReplicationCommand(input),
  answer: { status: 404, code: 'ReplicationConfigurationNotFoundError' },
});
