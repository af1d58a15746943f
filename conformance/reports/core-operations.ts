import { operationNamed, type OperationName } from '../catalogue.ts';

/** The operations that every client uses; the suite is measured by how much of their model its cases reach. */
export const coreOperations: readonly OperationName[] = [
  'AbortMultipartUpload',
  'CompleteMultipartUpload',
  'CopyObject',
  'CreateBucket',
  'CreateMultipartUpload',
  'DeleteBucket',
  'DeleteBucketTagging',
  'DeleteObject',
  'DeleteObjectTagging',
  'DeleteObjects',
  'GetBucketAcl',
  'GetBucketLocation',
  'GetBucketTagging',
  'GetObject',
  'GetObjectAttributes',
  'GetObjectTagging',
  'HeadBucket',
  'HeadObject',
  'ListBuckets',
  'ListMultipartUploads',
  'ListObjects',
  'ListObjectsV2',
  'ListParts',
  'PutBucketAcl',
  'PutBucketTagging',
  'PutObject',
  'PutObjectTagging',
  'UploadPart',
  'UploadPartCopy',
];

/** `362/370`: members that were reached, by operation, of those the core operations have in the SDK's model. */
export function coreCoverage(side: 'input' | 'output', reached: (operation: OperationName) => number): string {
  const sum = (count: (operation: OperationName) => number): number =>
    coreOperations.reduce((total, operation) => total + count(operation), 0);
  return `${String(sum(reached))}/${String(sum((operation) => operationNamed(operation)[side].length))}`;
}
