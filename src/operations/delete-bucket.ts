import { defineOperation, empty } from './operation.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html */
export const deleteBucket = defineOperation({
  name: 'DeleteBucket',
  resource: 'bucket',
  async handle({ store, call, bucket }) {
    await store.deleteBucket(call, bucket);
    return empty(204);
  },
});
