import { defineOperation, empty } from './operation.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html */
export const headBucket = defineOperation({
  name: 'HeadBucket',
  resource: 'bucket',
  async handle({ store, call, bucket, settings }) {
    await store.headBucket(call, bucket);
    return empty(200, {
      'content-type': 'application/xml',
      'x-amz-access-point-alias': 'false',
      'x-amz-bucket-arn': `arn:aws:s3:::${bucket}`,
      'x-amz-bucket-region': settings.region,
    });
  },
});
