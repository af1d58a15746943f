import { neverConfigured } from './fixed-answer.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html */
export const getBucketPolicy = neverConfigured('GetBucketPolicy', 'NoSuchBucketPolicy');
