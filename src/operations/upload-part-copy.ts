import { checkCopySourceConditions } from '../s3/conditions.ts';
import type { ByteRange } from '../s3/object-attributes.ts';
import { checkWithinSource, parseCopySourceRange, rangeLength } from '../s3/range.ts';
import { checkCopySize } from '../s3/size-limits.ts';
import type { ObjectInfo } from '../storage/values.ts';
import { copyPartDocument } from '../xml/object-documents.ts';
import { readCopySource } from './copied-source.ts';
import { defineOperation, lateXml, type S3Request } from './operation.ts';
import { readPartRef } from './part-ref.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html */
export const uploadPartCopy = defineOperation({
  name: 'UploadPartCopy',
  resource: 'object',
  async handle(context) {
    const { store, call, request } = context;
    const { upload, partNumber } = readPartRef(context);
    const select = rangeSelection(request);
    const source = await readCopySource(context);
    return lateXml(store.copyPart(call, upload, partNumber, source, { select }).then(copyPartDocument));
  },
});

function rangeSelection(request: S3Request): (source: ObjectInfo) => ByteRange | undefined {
  const header = request.header('x-amz-copy-source-range');
  const range = header === undefined ? undefined : parseCopySourceRange(header);
  return (source) => {
    checkCopySourceConditions(request, source);
    if (range !== undefined) checkWithinSource(range, source.sizeBytes);
    checkCopySize(range === undefined ? source.sizeBytes : rangeLength(range));
    return range;
  };
}
