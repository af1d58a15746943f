import { emptyConfigurationDocument } from '../xml/buckets.ts';
import { fixedDocument } from './fixed-answer.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotificationConfiguration.html */
export const getBucketNotificationConfiguration = fixedDocument(
  'GetBucketNotificationConfiguration',
  emptyConfigurationDocument('NotificationConfiguration'),
);
