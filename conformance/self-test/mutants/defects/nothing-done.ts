import type { OperationName } from '../../../catalogue.ts';
import type { DefectClass, Mutant } from '../mutant.ts';
import { misanswered, misread } from '../building-blocks.ts';
import { emptyAnswer } from '../s3-message.ts';
import { kebabOf } from '../operation-of.ts';

/** [operation, a case of what it answers when all is well] */
const read: readonly (readonly [OperationName, string])[] = [
  ['CopyObject', 'CopyObject.whole.same-bucket'],
  ['CreateMultipartUpload', 'CreateMultipartUpload.new-key.begun'],
  ['DeleteObjects', 'DeleteObjects.bulk-delete.several-keys'],
  ['GetBucketAcl', 'GetBucketAcl.acl.default'],
  ['GetBucketLocation', 'GetBucketLocation.bucket-location.own-region'],
  ['GetBucketTagging', 'GetBucketTagging.bucket-tagging.tags-set'],
  ['GetObject', 'GetObject.whole.described'],
  ['GetObjectAcl', 'GetObjectAcl.acl.default'],
  ['GetObjectAttributes', 'GetObjectAttributes.asked-for.etag'],
  ['GetObjectTagging', 'GetObjectTagging.object-tagging.set-with-the-object'],
  ['HeadObject', 'HeadObject.existing-key.described'],
  ['ListBuckets', 'ListBuckets.list-buckets.document'],
  ['ListMultipartUploads', 'ListMultipartUploads.some-uploads.described'],
  ['ListObjects', 'ListObjects.listing.document'],
  ['ListObjectsV2', 'ListObjectsV2.listing.document'],
  ['ListParts', 'ListParts.some-parts.described'],
  ['UploadPartCopy', 'UploadPartCopy.whole-source.same-bucket'],
];

const answeringNothing = read.map(([operation, caughtBy]): Mutant => ({
  name: `${kebabOf(operation)}-answers-nothing`,
  defect: `${operation} answers 200 and nothing`,
  caughtBy,
  alsoRun: [operation],
  around: misanswered(operation, () => emptyAnswer(200)),
}));

const withoutDigests = /^(content-md5$|x-amz-checksum-|x-amz-sdk-checksum)/i;

export const nothingDone: DefectClass = {
  title: 'operations that do nothing',
  mutants: [
    ...answeringNothing,
    ...(['PutObject', 'UploadPart'] as const).map((operation): Mutant => ({
      name: `${kebabOf(operation)}-stores-nothing`,
      defect: `${operation} stores no bytes`,
      caughtBy: operation === 'PutObject' ? 'PutObject.round-trip.small-body' : 'UploadPart.stored.number-1',
      alsoRun: [operation, 'workflow'],
      around: misread(operation, (request) => request.withoutHeaders(withoutDigests).with({ body: Buffer.alloc(0) })),
    })),
  ],
};
