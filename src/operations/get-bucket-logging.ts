import { emptyConfigurationDocument } from '../xml/buckets.ts';
import { fixedDocument } from './fixed-answer.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLogging.html */
export const getBucketLogging = fixedDocument('GetBucketLogging', emptyConfigurationDocument('BucketLoggingStatus'));
