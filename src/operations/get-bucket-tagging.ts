import { S3Error } from '../errors/s3-error.ts';
import { taggingDocument } from '../xml/tagging.ts';
import { requireBucketTags } from './bucket-tags.ts';
import { defineOperation, xml } from './operation.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketTagging.html */
export const getBucketTagging = defineOperation({
  name: 'GetBucketTagging',
  resource: 'bucket',
  async handle({ store, call, bucket }) {
    requireBucketTags(store);
    const tags = (await store.getBucketTags(call, bucket)) ?? [];
    if (tags.length === 0) throw new S3Error('NoSuchTagSet', { details: { BucketName: bucket } });
    return xml(taggingDocument(tags));
  },
});
