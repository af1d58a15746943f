import { readUploadChecksum } from '../s3/upload-checksum.ts';
import { createUploadDocument } from '../xml/object-documents.ts';
import { readDraft } from './draft.ts';
import { defineOperation, xml } from './operation.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html */
export const createMultipartUpload = defineOperation({
  name: 'CreateMultipartUpload',
  resource: 'object',
  async handle(context) {
    const { store, call, ref, request } = context;
    const draft = readDraft(context);
    const checksum = readUploadChecksum(request);
    const upload = await store.createUpload(call, ref, draft, checksum);
    return xml(
      createUploadDocument(upload),
      checksum && { 'x-amz-checksum-algorithm': checksum.algorithm, 'x-amz-checksum-type': checksum.type },
    );
  },
});
