import { requireAclInForce } from './acl-in-force.ts';
import { defineOperation, empty } from './operation.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html */
export const putBucketAcl = defineOperation({
  name: 'PutBucketAcl',
  resource: 'bucket',
  async handle(context) {
    const { owner } = await context.store.headBucket(context.call, context.bucket);
    await requireAclInForce(context, owner);
    return empty(200);
  },
});
