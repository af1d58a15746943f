import { describe, expect, it } from '@jest/globals';
import { S3Request } from './s3-message.ts';

const copied = [['x-amz-copy-source', 'b/k']] as const;
const body = Buffer.alloc(0);

describe('the operation of a request', () => {
  it.each([
    ['GET', '/', '', 'ListBuckets'],
    ['GET', '/b', '', 'ListObjects'],
    ['GET', '/b/', 'list-type=2', 'ListObjectsV2'],
    ['GET', '/b', 'policy', 'GetBucketPolicy'],
    ['DELETE', '/b', 'policy', 'DeleteBucketPolicy'],
    ['DELETE', '/b', '', 'DeleteBucket'],
    ['POST', '/b', 'delete', 'DeleteObjects'],
    ['PUT', '/b/k', '', 'PutObject'],
    ['PUT', '/b/a/', 'acl', 'PutObjectAcl'],
    ['PUT', '/b/k', 'partNumber=1&uploadId=u', 'UploadPart'],
    ['POST', '/b/k', 'uploadId=u', 'CompleteMultipartUpload'],
    ['POST', '/b/k', 'uploads', 'CreateMultipartUpload'],
    ['DELETE', '/b/k', 'uploadId=u', 'AbortMultipartUpload'],
    ['GET', '/b/k', 'uploadId=u', 'ListParts'],
    ['HEAD', '/b/k', 'partNumber=1', 'HeadObject'],
    ['PATCH', '/b/k', '', undefined],
  ])('%s %s?%s is %s', (method, path, query, operation) => {
    const pairs = [...new URLSearchParams(query)];
    expect(new S3Request({ method, path, query: pairs, headers: [], body }).operation).toBe(operation);
  });

  it.each([
    ['', 'CopyObject'],
    ['partNumber=1&uploadId=u', 'UploadPartCopy'],
  ])('with a source, PUT /b/k?%s is %s', (query, operation) => {
    const parts = { method: 'PUT', path: '/b/k', query: [...new URLSearchParams(query)], headers: copied, body };
    expect(new S3Request(parts).operation).toBe(operation);
  });
});
