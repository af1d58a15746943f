import { defineOperation, empty } from './operation.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html */
export const deleteObjectTagging = defineOperation({
  name: 'DeleteObjectTagging',
  resource: 'object',
  async handle({ store, call, ref }) {
    await store.setTags(call, ref, []);
    return empty(204);
  },
});
