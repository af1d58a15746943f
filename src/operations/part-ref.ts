import { parsePartNumber } from '../s3/part-number.ts';
import type { UploadRef } from '../storage/values.ts';
import type { ObjectContext } from './operation.ts';

export function readUploadRef({ ref, request }: ObjectContext): UploadRef {
  return { ...ref, uploadId: request.query('uploadId') ?? '' };
}

/** The upload and the part number of UploadPart and UploadPartCopy; InvalidArgument. */
export function readPartRef(context: ObjectContext): { readonly upload: UploadRef; readonly partNumber: number } {
  const partNumber = parsePartNumber(context.request.query('partNumber') ?? '');
  return { upload: readUploadRef(context), partNumber };
}
