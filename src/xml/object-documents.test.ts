import { expect, it } from '@jest/globals';
import {
  completeUploadDocument,
  copyObjectDocument,
  copyPartDocument,
  createUploadDocument,
  objectAttributesDocument,
} from './object-documents.ts';

const start = '<?xml version="1.0" encoding="UTF-8"?>\n';
const xmlns = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
const copied = {
  etag: 'abc',
  lastModified: new Date('2026-03-04T05:06:07.890Z'),
  checksum: { algorithm: 'CRC32', type: 'FULL_OBJECT', value: 'AAAAAA==' },
} as const;

it('writes what a copy came to', () => {
  expect(copyObjectDocument(copied)).toBe(
    `${start}<CopyObjectResult ${xmlns}><ETag>&quot;abc&quot;</ETag><LastModified>2026-03-04T05:06:07.000Z</LastModified>` +
      '<ChecksumType>FULL_OBJECT</ChecksumType><ChecksumCRC32>AAAAAA==</ChecksumCRC32></CopyObjectResult>',
  );
  expect(copyPartDocument(copied)).toBe(
    `${start}<CopyPartResult ${xmlns}><ETag>&quot;abc&quot;</ETag><LastModified>2026-03-04T05:06:07.000Z</LastModified>` +
      '<ChecksumCRC32>AAAAAA==</ChecksumCRC32></CopyPartResult>',
  );
});

it('writes the upload that was begun', () => {
  expect(createUploadDocument({ bucket: 'b', key: 'a&b<c>', uploadId: 'u' })).toBe(
    `${start}<InitiateMultipartUploadResult ${xmlns}><Bucket>b</Bucket><Key>a&amp;b&lt;c&gt;</Key>` +
      '<UploadId>u</UploadId></InitiateMultipartUploadResult>',
  );
});

it('writes the object that was completed', () => {
  const completed = { location: 'http://h/b/k', bucket: 'b', key: 'k', etag: 'abc-2' };
  expect(completeUploadDocument(completed)).toBe(
    `${start}<CompleteMultipartUploadResult ${xmlns}><Location>http://h/b/k</Location><Bucket>b</Bucket><Key>k</Key>` +
      '<ETag>&quot;abc-2&quot;</ETag></CompleteMultipartUploadResult>',
  );
  const checksum = { algorithm: 'SHA256', type: 'COMPOSITE', value: 'x-2' } as const;
  expect(completeUploadDocument({ ...completed, checksum })).toContain(
    '</ETag><ChecksumSHA256>x-2</ChecksumSHA256><ChecksumType>COMPOSITE</ChecksumType></Complete',
  );
});

it('writes the attributes that were asked for', () => {
  expect(objectAttributesDocument({})).toBe(`${start}<GetObjectAttributesResponse ${xmlns}/>`);
  expect(objectAttributesDocument({ etag: 'abc', sizeBytes: 0, parts: { count: 2 } })).toBe(
    `${start}<GetObjectAttributesResponse ${xmlns}><ETag>abc</ETag><ObjectParts><PartsCount>2</PartsCount></ObjectParts>` +
      '<ObjectSize>0</ObjectSize></GetObjectAttributesResponse>',
  );
  const page = {
    marker: 1,
    nextMarker: 2,
    maxParts: 1,
    isTruncated: true,
    parts: [{ partNumber: 2, sizeBytes: 7, checksum: copied.checksum }],
  };
  expect(
    objectAttributesDocument({ checksum: copied.checksum, parts: { count: 3, page }, storageClass: 'STANDARD' }),
  ).toBe(
    `${start}<GetObjectAttributesResponse ${xmlns}><Checksum><ChecksumCRC32>AAAAAA==</ChecksumCRC32>` +
      '<ChecksumType>FULL_OBJECT</ChecksumType></Checksum><ObjectParts><IsTruncated>true</IsTruncated>' +
      '<MaxParts>1</MaxParts><NextPartNumberMarker>2</NextPartNumberMarker><PartNumberMarker>1</PartNumberMarker>' +
      '<Part><PartNumber>2</PartNumber><Size>7</Size><ChecksumCRC32>AAAAAA==</ChecksumCRC32></Part>' +
      '<PartsCount>3</PartsCount></ObjectParts><StorageClass>STANDARD</StorageClass></GetObjectAttributesResponse>',
  );
});
