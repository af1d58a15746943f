import { CreateBucketCommand, type BucketLocationConstraint } from '@aws-sdk/client-s3';

/** Outside us-east-1 a bucket is made with its region: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
export function createBucketCommand(bucket: string, region: string): CreateBucketCommand {
  if (region === 'us-east-1') return new CreateBucketCommand({ Bucket: bucket });
  const LocationConstraint = region as BucketLocationConstraint;
  return new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint } });
}
