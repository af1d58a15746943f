import { checkBucketTags } from '../s3/tagging.ts';
import { parseTagging } from '../xml/tagging.ts';
import { requireBucketTags } from './bucket-tags.ts';
import { defineOperation, empty } from './operation.ts';
import { readRequiredXml } from './xml-body.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html */
export const putBucketTagging = defineOperation({
  name: 'PutBucketTagging',
  resource: 'bucket',
  async handle({ store, call, bucket, body }) {
    requireBucketTags(store);
    const tags = parseTagging(await readRequiredXml(body));
    checkBucketTags(tags);
    await store.setBucketTags(call, bucket, tags.length > 0 ? tags : undefined);
    return empty(204);
  },
});
