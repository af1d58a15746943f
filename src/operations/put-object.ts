import { quoteEtag } from '../s3/etag.ts';
import { checksumHeaders } from '../s3/object-headers.ts';
import { checkProposedSize } from '../s3/size-limits.ts';
import { writeCondition } from '../s3/write-condition.ts';
import { readDraft } from './draft.ts';
import { defineOperation, empty } from './operation.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export const putObject = defineOperation({
  name: 'PutObject',
  resource: 'object',
  async handle(context) {
    const { store, call, ref, request, body } = context;
    const draft = readDraft(context);
    const condition = writeCondition(request);
    checkProposedSize(body.requiredSizeBytes());
    const { etag, checksum } = await store.putObject(call, ref, draft, body, condition);
    return empty(200, { etag: quoteEtag(etag), ...checksumHeaders(checksum) });
  },
});
