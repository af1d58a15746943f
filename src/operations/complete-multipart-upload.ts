import { S3Error } from '../errors/s3-error.ts';
import { readChecksumType, readNamedChecksum } from '../s3/upload-checksum.ts';
import { writeCondition } from '../s3/write-condition.ts';
import type { CompleteOptions, PutResult } from '../storage/values.ts';
import { parseCompletedParts } from '../xml/completed-parts.ts';
import { completeUploadDocument } from '../xml/object-documents.ts';
import { defineOperation, lateXml, type ObjectContext, type S3Request } from './operation.ts';
import { readUploadRef } from './part-ref.ts';
import { longDocumentBytes, readXmlBody } from './xml-body.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html */
export const completeMultipartUpload = defineOperation({
  name: 'CompleteMultipartUpload',
  resource: 'object',
  async handle(context) {
    const { store, call, body, request } = context;
    const options = readCompleteOptions(request);
    const upload = readUploadRef(context);
    const parts = parseCompletedParts(await readXmlBody(body, longDocumentBytes));
    const completion = store.completeUpload(call, upload, parts, options);
    return lateXml(completion.then((result) => completedDocument(context, result)));
  },
});

function readCompleteOptions(request: S3Request): CompleteOptions {
  const condition = writeCondition(request);
  const checksum = readNamedChecksum(request);
  const checksumType = readChecksumType(request);
  const sizeBytes = readObjectSize(request);
  return {
    ...(condition === undefined ? {} : { condition }),
    ...(checksum === undefined ? {} : { checksum }),
    ...(checksumType === undefined ? {} : { checksumType }),
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
  };
}

function readObjectSize(request: S3Request): number | undefined {
  const value = request.header('x-amz-mp-object-size');
  if (value === undefined) return undefined;
  if (/^\d{1,15}$/.test(value)) return Number(value);
  throw new S3Error('InvalidRequest', { message: 'Value for x-amz-mp-object-size header is invalid.' });
}

function completedDocument({ ref, settings }: ObjectContext, { etag, checksum }: PutResult): string {
  const path = ref.key.split('/').map(encodeURIComponent).join('/');
  return completeUploadDocument({
    location: `${settings.url}/${path}`,
    ...ref,
    etag,
    ...(checksum === undefined ? {} : { checksum }),
  });
}
