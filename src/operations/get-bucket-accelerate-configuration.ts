import { emptyConfigurationDocument } from '../xml/buckets.ts';
import { fixedDocument } from './fixed-answer.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAccelerateConfiguration.html */
export const getBucketAccelerateConfiguration = fixedDocument(
  'GetBucketAccelerateConfiguration',
  emptyConfigurationDocument('AccelerateConfiguration'),
);
