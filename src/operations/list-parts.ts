import { parsePageLimit, parsePartNumberMarker } from '../s3/list-parameters.ts';
import { ownerOf } from '../s3/owner.ts';
import type { PartPage } from '../storage/values.ts';
import { listPartsDocument } from '../xml/listings.ts';
import { defineOperation, xml, type ObjectContext } from './operation.ts';
import { readUploadRef } from './part-ref.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html */
export const listParts = defineOperation({
  name: 'ListParts',
  resource: 'object',
  async handle(context) {
    const { ref, request } = context;
    const maxParts = parsePageLimit('max-parts', request.query('max-parts'));
    const marker = parsePartNumberMarker(request.query('part-number-marker'));
    const { upload, parts, next } = await readPage(context, marker, maxParts);
    const { checksum } = upload;
    return xml(
      listPartsDocument({
        ...ref,
        uploadId: upload.uploadId,
        owner: ownerOf(upload.owner),
        storageClass: upload.storageClass,
        ...(checksum !== undefined && { checksumAlgorithm: checksum.algorithm, checksumType: checksum.type }),
        partNumberMarker: marker,
        nextPartNumberMarker: next ?? parts.at(-1)?.partNumber ?? 0,
        maxParts,
        isTruncated: next !== undefined,
        parts,
      }),
    );
  },
});

async function readPage(context: ObjectContext, after: number, limit: number): Promise<PartPage> {
  const { store, call } = context;
  const upload = readUploadRef(context);
  if (limit === 0) return { upload: await store.headUpload(call, upload), parts: [] };
  return store.listParts(call, upload, { after, limit });
}
