import { checkObjectTags } from '../s3/tagging.ts';
import { parseTagging } from '../xml/tagging.ts';
import { defineOperation, empty } from './operation.ts';
import { readRequiredXml } from './xml-body.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html */
export const putObjectTagging = defineOperation({
  name: 'PutObjectTagging',
  resource: 'object',
  async handle({ store, call, ref, body }) {
    const tags = parseTagging(await readRequiredXml(body));
    checkObjectTags(tags);
    await store.setTags(call, ref, tags);
    return empty(200);
  },
});
