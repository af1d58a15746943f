import type { OperationName } from '../../../catalogue.ts';
import type { Around, DefectClass, Mutant } from '../mutant.ts';
import { inXml, misrefused } from '../building-blocks.ts';
import { emptyAnswer } from '../s3-message.ts';
import { kebabOf } from '../operation-of.ts';

const inEveryError =
  (edit: Parameters<typeof misrefused>[1]): Around =>
  async (request, send) => {
    const response = await send(request);
    return response.status >= 400 ? edit(response, request) : response;
  };

/** [operation, a case that is refused] */
const refused: readonly (readonly [OperationName, string])[] = [
  ['AbortMultipartUpload', 'AbortMultipartUpload.upload-id.unknown'],
  ['CompleteMultipartUpload', 'CompleteMultipartUpload.upload-id.unknown'],
  ['CopyObject', 'CopyObject.source.missing-key'],
  ['CreateBucket', 'CreateBucket.bucket-naming.too-short'],
  ['CreateMultipartUpload', 'CreateMultipartUpload.bucket.missing'],
  ['DeleteBucket', 'DeleteBucket.error-shape.missing-bucket'],
  ['DeleteBucketTagging', 'DeleteBucketTagging.error-shape.missing-bucket'],
  ['DeleteObject', 'DeleteObject.bucket.missing'],
  ['DeleteObjects', 'DeleteObjects.error-shape.missing-bucket'],
  ['DeleteObjectTagging', 'DeleteObjectTagging.error-shape.missing-bucket'],
  ['GetBucketAcl', 'GetBucketAcl.error-shape.missing-bucket'],
  ['GetBucketLocation', 'GetBucketLocation.error-shape.missing-bucket'],
  ['GetBucketTagging', 'GetBucketTagging.error-shape.missing-bucket'],
  ['GetObject', 'GetObject.bucket.missing'],
  ['GetObjectAcl', 'GetObjectAcl.error-shape.missing-bucket'],
  ['GetObjectAttributes', 'GetObjectAttributes.bucket.missing'],
  ['GetObjectTagging', 'GetObjectTagging.error-shape.missing-bucket'],
  ['HeadBucket', 'HeadBucket.error-shape.missing-bucket'],
  ['HeadObject', 'HeadObject.bucket.missing'],
  ['ListMultipartUploads', 'ListMultipartUploads.bucket.missing'],
  ['ListObjects', 'ListObjects.error-shape.missing-bucket'],
  ['ListObjectsV2', 'ListObjectsV2.error-shape.missing-bucket'],
  ['ListParts', 'ListParts.bucket.missing'],
  ['PutBucketAcl', 'PutBucketAcl.error-shape.missing-bucket'],
  ['PutBucketTagging', 'PutBucketTagging.error-shape.missing-bucket'],
  ['PutObject', 'PutObject.bucket.missing'],
  ['PutObjectAcl', 'PutObjectAcl.error-shape.missing-bucket'],
  ['PutObjectTagging', 'PutObjectTagging.error-shape.missing-bucket'],
  ['UploadPart', 'UploadPart.upload-id.unknown'],
  ['UploadPartCopy', 'UploadPartCopy.upload-id.unknown'],
];

const errorsAs200 = refused.map(([operation, caughtBy]): Mutant => ({
  name: `${kebabOf(operation)}-never-fails`,
  defect: `${operation} answers 200 to what it refuses`,
  caughtBy,
  alsoRun: [operation],
  around: misrefused(operation, () => emptyAnswer(200)),
}));

export const errors: DefectClass = {
  title: 'errors',
  mutants: [
    ...errorsAs200,
    {
      name: 'missing-key-as-500',
      defect: 'answers 500 for a key that is not there',
      caughtBy: 'GetObject.missing-key.refused',
      around: misrefused('GetObject', (response) =>
        response.status === 404 ? response.with({ status: 500 }) : response,
      ),
    },
    {
      name: 'missing-bucket-as-missing-key',
      defect: 'answers NoSuchKey where the bucket is not there',
      caughtBy: 'GetObject.bucket.missing',
      around: misrefused('GetObject', inXml(/NoSuchBucket/, 'NoSuchKey')),
    },
    {
      name: 'refusals-as-400',
      defect: 'answers 400 to whatever it refuses',
      caughtBy: 'GetObject.missing-key.refused',
      around: inEveryError((response) => response.with({ status: 400 })),
    },
    {
      name: 'errors-as-plain-text',
      defect: 'sends error documents as text/plain',
      caughtBy: 'GetObject.error-document.elements',
      around: inEveryError((response) => response.withHeader('Content-Type', 'text/plain')),
    },
    {
      name: 'errors-without-document',
      defect: 'refuses without a document',
      caughtBy: 'GetObject.error-document.elements',
      alsoRun: ['error-shape'],
      around: inEveryError((response) => emptyAnswer(response.status)),
    },
    {
      name: 'errors-as-json',
      defect: 'sends errors as JSON',
      caughtBy: 'GetObject.missing-key.refused',
      around: inEveryError((response) =>
        response.withText(() => JSON.stringify({ code: response.code })).withHeader('Content-Type', 'application/json'),
      ),
    },
    {
      name: 'error-key-unescaped',
      defect: 'does not escape the key in an error document',
      caughtBy: 'GetObject.error-document.escaped',
      around: misrefused('GetObject', inXml(/&(?:lt|#60|#x3c);/gi, '<')),
    },
    {
      name: 'no-request-id',
      defect: 'gives no request id',
      caughtBy: 'GetObject.request-id.of-each-response',
      alsoRun: ['HeadObject'],
      around: async (request, send) => (await send(request)).withHeader('x-amz-request-id'),
    },
    {
      name: 'same-request-id',
      defect: 'gives each response the same request id',
      caughtBy: 'GetObject.request-id.of-each-response',
      around: async (request, send) => (await send(request)).withHeader('x-amz-request-id', '4442587FB7D0A2F9'),
    },
    {
      name: 'other-request-id-in-document',
      defect: 'gives an error document another request id than the header',
      caughtBy: 'GetObject.error-document.request-id',
      around: misrefused('GetObject', inXml(/<RequestId>.*?</, '<RequestId>4442587FB7D0A2F9<')),
    },
  ],
};
