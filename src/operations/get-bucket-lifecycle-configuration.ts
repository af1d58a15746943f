import { neverConfigured } from './fixed-answer.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html */
export const getBucketLifecycleConfiguration = neverConfigured(
  'GetBucketLifecycleConfiguration',
  'NoSuchLifecycleConfiguration',
);
