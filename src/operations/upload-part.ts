import { quoteEtag } from '../s3/etag.ts';
import { checksumHeaders } from '../s3/object-headers.ts';
import { checkProposedSize } from '../s3/size-limits.ts';
import { defineOperation, empty } from './operation.ts';
import { readPartRef } from './part-ref.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html */
export const uploadPart = defineOperation({
  name: 'UploadPart',
  resource: 'object',
  async handle(context) {
    const { store, call, body } = context;
    const { upload, partNumber } = readPartRef(context);
    checkProposedSize(body.sizeBytes);
    const part = await store.putPart(call, upload, partNumber, body);
    return empty(200, { etag: quoteEtag(part.etag), ...checksumHeaders(part.checksum) });
  },
});
