import { planRead, readRequest } from './object-read.ts';
import { defineOperation, empty } from './operation.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export const getObject = defineOperation({
  name: 'GetObject',
  resource: 'object',
  async handle(context) {
    const { store, call, ref, request } = context;
    const read = readRequest(context);
    const object = await store.openObject(call, ref, { withParts: read.partNumber !== undefined });
    let isTaken = false;
    try {
      const { status, headers, range } = planRead(request, read, object.info);
      if (status === 304) return empty(304, headers);
      isTaken = true;
      return { status, headers, body: object.read(range) };
    } finally {
      if (!isTaken) await object.close();
    }
  },
});
