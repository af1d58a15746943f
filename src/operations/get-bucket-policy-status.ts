import { neverConfigured } from './fixed-answer.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html */
export const getBucketPolicyStatus = neverConfigured('GetBucketPolicyStatus', 'NoSuchBucketPolicy');
