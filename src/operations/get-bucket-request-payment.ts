import { requestPaymentDocument } from '../xml/buckets.ts';
import { fixedDocument } from './fixed-answer.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketRequestPayment.html */
export const getBucketRequestPayment = fixedDocument('GetBucketRequestPayment', requestPaymentDocument('BucketOwner'));
