import { neverConfigured } from './fixed-answer.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketWebsite.html */
export const getBucketWebsite = neverConfigured('GetBucketWebsite', 'NoSuchWebsiteConfiguration');
