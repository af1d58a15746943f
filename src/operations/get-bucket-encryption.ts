import { neverConfigured } from './fixed-answer.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html */
export const getBucketEncryption = neverConfigured(
  'GetBucketEncryption',
  'ServerSideEncryptionConfigurationNotFoundError',
);
