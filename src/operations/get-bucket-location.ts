import { locationOf } from '../s3/location-constraint.ts';
import { locationDocument } from '../xml/buckets.ts';
import { defineOperation, xml } from './operation.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html */
export const getBucketLocation = defineOperation({
  name: 'GetBucketLocation',
  resource: 'bucket',
  async handle({ store, call, bucket, settings }) {
    await store.headBucket(call, bucket);
    return xml(locationDocument(locationOf(settings.region)));
  },
});
