import { ownerOf } from '../s3/owner.ts';
import { ownerAclDocument } from '../xml/acl.ts';
import { defineOperation, xml } from './operation.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAcl.html */
export const getObjectAcl = defineOperation({
  name: 'GetObjectAcl',
  resource: 'object',
  async handle({ store, call, ref }) {
    const { owner } = await store.headObject(call, ref);
    return xml(ownerAclDocument(ownerOf(owner)));
  },
});
