import { neverConfigured } from './fixed-answer.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLockConfiguration.html */
export const getObjectLockConfiguration = neverConfigured(
  'GetObjectLockConfiguration',
  'ObjectLockConfigurationNotFoundError',
);
