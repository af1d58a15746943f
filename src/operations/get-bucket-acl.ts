import { ownerOf } from '../s3/owner.ts';
import { ownerAclDocument } from '../xml/acl.ts';
import { defineOperation, xml } from './operation.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html */
export const getBucketAcl = defineOperation({
  name: 'GetBucketAcl',
  resource: 'bucket',
  async handle({ store, call, bucket }) {
    const { owner } = await store.headBucket(call, bucket);
    return xml(ownerAclDocument(ownerOf(owner)));
  },
});
