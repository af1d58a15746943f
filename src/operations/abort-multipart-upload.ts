import { defineOperation, empty } from './operation.ts';
import { readUploadRef } from './part-ref.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html */
export const abortMultipartUpload = defineOperation({
  name: 'AbortMultipartUpload',
  resource: 'object',
  async handle(context) {
    await context.store.abortUpload(context.call, readUploadRef(context));
    return empty(204);
  },
});
