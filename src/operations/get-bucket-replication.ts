import { neverConfigured } from './fixed-answer.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketReplication.html */
export const getBucketReplication = neverConfigured('GetBucketReplication', 'ReplicationConfigurationNotFoundError');
