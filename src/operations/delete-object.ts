import { deleteCondition, notImplementedHeader } from '../s3/write-condition.ts';
import { defineOperation, empty } from './operation.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export const deleteObject = defineOperation({
  name: 'DeleteObject',
  resource: 'object',
  async handle({ store, call, ref, request }) {
    const condition = deleteCondition(request);
    if (condition !== undefined && !store.capabilities.conditionalDelete) throw notImplementedHeader('If-Match');
    await store.deleteObject(call, ref, condition);
    return empty(204);
  },
});
