import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { refuseLackedFeatures } from '../s3/feature-headers.ts';
import { requestHead } from '../s3/request-head.ts';
import { operations } from './index.ts';

interface ModelledOperation {
  readonly name: string;
  readonly input: readonly { readonly name: string; readonly header?: string; readonly query?: string }[];
}

const fixture = new URL('../../fixtures/s3-operations.json', import.meta.url);
const modelled = JSON.parse(readFileSync(fixture, 'utf8')) as readonly ModelledOperation[];
const implemented = new Set<string>(operations.map(({ name }) => name));

const written = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
  'x-amz-storage-class',
  'x-amz-tagging',
];
const acl = ['acl', 'grant-full-control', 'grant-read', 'grant-read-acp', 'grant-write', 'grant-write-acp'].map(
  (name) => `x-amz-${name}`,
);
const checksums = ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'].map((name) => `x-amz-checksum-${name}`);
const body = ['content-length', 'content-md5', 'x-amz-sdk-checksum-algorithm', ...checksums];
const conditions = ['if-match', 'if-none-match'];
const copied = [
  'x-amz-copy-source',
  'x-amz-copy-source-if-match',
  'x-amz-copy-source-if-modified-since',
  'x-amz-copy-source-if-none-match',
  'x-amz-copy-source-if-unmodified-since',
  'x-amz-source-expected-bucket-owner',
];
const read = [
  ...conditions,
  'if-modified-since',
  'if-unmodified-since',
  'range',
  'x-amz-checksum-mode',
  'partNumber',
  ...['cache-control', 'content-disposition', 'content-encoding', 'content-language', 'content-type', 'expires'].map(
    (name) => `response-${name}`,
  ),
];
const listing = ['delimiter', 'encoding-type', 'prefix'];

/** What the operations themselves read, besides what all of them take. */
const handled: Readonly<Record<string, readonly string[]>> = {
  CompleteMultipartUpload: [...conditions, ...checksums, 'x-amz-checksum-type', 'x-amz-mp-object-size', 'uploadId'],
  CopyObject: [
    ...written,
    ...acl,
    ...conditions,
    ...copied,
    'x-amz-checksum-algorithm',
    'x-amz-metadata-directive',
    'x-amz-tagging-directive',
  ],
  CreateBucket: [...acl],
  CreateMultipartUpload: [...written, ...acl, 'x-amz-checksum-algorithm', 'x-amz-checksum-type'],
  DeleteObject: ['if-match'],
  GetObject: read,
  GetObjectAttributes: ['x-amz-max-parts', 'x-amz-object-attributes', 'x-amz-part-number-marker'],
  HeadObject: read,
  ListBuckets: ['bucket-region', 'continuation-token', 'max-buckets', 'prefix'],
  ListMultipartUploads: [...listing, 'key-marker', 'max-uploads', 'upload-id-marker'],
  ListObjects: [...listing, 'marker', 'max-keys'],
  ListObjectsV2: [...listing, 'continuation-token', 'fetch-owner', 'max-keys', 'start-after'],
  ListParts: ['max-parts', 'part-number-marker', 'uploadId'],
  AbortMultipartUpload: ['uploadId'],
  PutBucketAcl: [...acl, ...body],
  PutObject: [...written, ...acl, ...body, ...conditions],
  PutObjectAcl: [...acl, ...body],
  UploadPart: [...body, 'partNumber', 'uploadId'],
  UploadPartCopy: [...copied, 'x-amz-copy-source-range', 'partNumber', 'uploadId'],
};
const handledByAll = ['x-amz-expected-bucket-owner', 'x-amz-request-payer', 'versionId'];
const bodyOfDocument = ['content-md5', 'x-amz-sdk-checksum-algorithm'];

const members = modelled
  .filter(({ name }) => implemented.has(name))
  .flatMap(({ name, input }) =>
    input
      .map(({ header, query }) => [name, header ?? query, header === undefined ? 'query' : 'header'] as const)
      .filter((row): row is [string, string, 'query' | 'header'] => row[1] !== undefined),
  );

function refusal(operationName: string, headers: Record<string, string>, query: Record<string, string> = {}): unknown {
  try {
    refuseLackedFeatures(operationName, requestHead(headers, query));
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('every member that the SDK models for an implemented operation', () => {
  it('is found', () => {
    expect(implemented.size).toBeGreaterThan(10);
    expect(members.length).toBeGreaterThan(200);
  });

  it.each(members)('of %s: %s is read or refused', (name, member, place) => {
    const isHandled = [...handledByAll, ...bodyOfDocument, ...(handled[name] ?? [])].includes(member);
    const error = place === 'header' ? refusal(name, { [member]: 'x' }) : refusal(name, {}, { [member]: 'null' });
    if (isHandled) expect(error).toBeUndefined();
    else expect(error).toMatchObject({ code: 'NotImplemented', details: { Header: member } });
  });
});
