import { S3Error } from '../errors/s3-error.ts';
import { checksumHeader } from '../s3/checksum.ts';
import { quoteEtag } from '../s3/etag.ts';
import { checkProposedSize } from '../s3/size-limits.ts';
import type { BodySource, UploadChecksum } from '../storage/values.ts';
import { defineOperation, empty } from './operation.ts';
import { readPartRef } from './part-ref.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html */
export const uploadPart = defineOperation({
  name: 'UploadPart',
  resource: 'object',
  async handle(context) {
    const { store, call, body } = context;
    const { upload, partNumber } = readPartRef(context);
    checkProposedSize(body.requiredSizeBytes());
    const { checksum } = await store.headUpload(call, upload);
    if (checksum !== undefined) useDeclared(checksum, body);
    const part = await store.putPart(call, upload, partNumber, body);
    const sent = part.checksum ?? (body.promisedAlgorithm && body.digests().checksum);
    return empty(200, { etag: quoteEtag(part.etag), ...(sent && { [checksumHeader(sent.algorithm)]: sent.value }) });
  },
});

/** InvalidRequest, as on AWS, for a part without the checksum that a composite one is to be made of, or with another. */
function useDeclared({ algorithm, type }: UploadChecksum, body: BodySource): void {
  if (type === 'COMPOSITE' && body.promisedAlgorithm === undefined) {
    throw new S3Error('InvalidRequest', {
      message: `Checksum Type mismatch occurred, expected checksum Type: ${algorithm.toLowerCase()}, actual checksum Type: null`,
    });
  }
  body.useAlgorithm(algorithm);
}
