import { GetBucketWebsiteCommand } from '@aws-sdk/client-s3';
import { defineConfigurationRead } from './configuration-read.ts';

defineConfigurationRead({
  operation: 'GetBucketWebsite',
  feature: 'website',
  query: 'website',
  command: (input) => new GetBucketWebsiteCommand(input),
  answer: { status: 404, code: 'NoSuchWebsiteConfiguration' },
});
