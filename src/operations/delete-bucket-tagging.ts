import { requireBucketTags } from './bucket-tags.ts';
import { defineOperation, empty } from './operation.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketTagging.html */
export const deleteBucketTagging = defineOperation({
  name: 'DeleteBucketTagging',
  resource: 'bucket',
  async handle({ store, call, bucket }) {
    requireBucketTags(store);
    await store.setBucketTags(call, bucket, undefined);
    return empty(204);
  },
});
