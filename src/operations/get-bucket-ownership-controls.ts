import { ownershipControlsDocument } from '../xml/buckets.ts';
import { fixedDocument } from './fixed-answer.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketOwnershipControls.html */
export const getBucketOwnershipControls = fixedDocument(
  'GetBucketOwnershipControls',
  ownershipControlsDocument('BucketOwnerEnforced'),
);
