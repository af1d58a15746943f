import { requireAclInForce } from './acl-in-force.ts';
import { defineOperation, empty } from './operation.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectAcl.html */
export const putObjectAcl = defineOperation({
  name: 'PutObjectAcl',
  resource: 'object',
  async handle(context) {
    const { owner } = await context.store.headObject(context.call, context.ref);
    await requireAclInForce(context, owner);
    return empty(200);
  },
});
