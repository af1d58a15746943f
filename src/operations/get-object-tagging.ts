import { taggingDocument } from '../xml/tagging.ts';
import { defineOperation, xml } from './operation.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html */
export const getObjectTagging = defineOperation({
  name: 'GetObjectTagging',
  resource: 'object',
  async handle({ store, call, ref }) {
    const { tags } = await store.headObject(call, ref);
    return xml(taggingDocument(tags));
  },
});
