import { planRead, readRequest } from './object-read.ts';
import { defineOperation, empty } from './operation.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html */
export const headObject = defineOperation({
  name: 'HeadObject',
  resource: 'object',
  async handle(context) {
    const { store, call, ref, request } = context;
    const read = readRequest(context);
    const info = await store.headObject(call, ref, { withParts: read.partNumber !== undefined });
    const { status, headers } = planRead(request, read, info);
    return empty(status, headers);
  },
});
