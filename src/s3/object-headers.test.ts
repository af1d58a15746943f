import { describe, expect, it } from '@jest/globals';
import { checksumHeaders, describeObject, describeUnmodified, readSystemHeaders } from './object-headers.ts';
import { requestHead } from './request-head.ts';

describe('readSystemHeaders', () => {
  it.each([
    [{}, { 'content-type': 'binary/octet-stream' }],
    [{ 'content-type': '' }, { 'content-type': 'binary/octet-stream' }],
    [
      {
        'cache-control': 'no-store',
        'content-disposition': 'attachment; filename="ä"',
        'content-language': 'de',
        'content-type': 'text/plain',
        expires: 'soon',
        'content-length': '7',
      },
      {
        'cache-control': 'no-store',
        'content-disposition': 'attachment; filename="ä"',
        'content-language': 'de',
        'content-type': 'text/plain',
        expires: 'soon',
      },
    ],
  ])('keeps what S3 keeps (%#)', (headers, expected) => {
    expect(readSystemHeaders(requestHead(headers as Record<string, string>))).toEqual(expected);
  });

  it.each([
    ['gzip', 'gzip'],
    ['aws-chunked', undefined],
    ['AWS-Chunked', undefined],
    ['aws-chunked,gzip', 'gzip'],
    ['gzip, aws-chunked', 'gzip'],
    ['aws-chunked, gzip, br', 'gzip, br'],
  ])('of Content-Encoding %s keeps %s', (value, expected) => {
    expect(readSystemHeaders(requestHead({ 'content-encoding': value }))['content-encoding']).toBe(expected);
  });
});

const object = {
  headers: { 'content-type': 'text/plain', 'cache-control': 'no-store' },
  metadata: { a: '1' },
  tags: [],
  storageClass: 'STANDARD',
  etag: 'abc',
  lastModified: new Date('2026-03-04T05:06:07.890Z'),
};

describe('describeObject', () => {
  it('gives back headers and metadata', () => {
    expect(describeObject(object)).toEqual({
      'last-modified': 'Wed, 04 Mar 2026 05:06:07 GMT',
      etag: '"abc"',
      'accept-ranges': 'bytes',
      'content-type': 'text/plain',
      'cache-control': 'no-store',
      'x-amz-meta-a': '1',
    });
  });

  it('names the storage class unless it is STANDARD, counts tags, and knows a type', () => {
    const described = describeObject({
      ...object,
      headers: {},
      tags: [{ key: 'k', value: 'v' }],
      storageClass: 'REDUCED_REDUNDANCY',
    });
    expect(described).toMatchObject({
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
      'x-amz-tagging-count': '1',
      'content-type': 'binary/octet-stream',
    });
  });
});

it('tells of an unmodified object what a cache needs', () => {
  expect(describeUnmodified(object)).toEqual({
    'last-modified': 'Wed, 04 Mar 2026 05:06:07 GMT',
    etag: '"abc"',
    'cache-control': 'no-store',
  });
});

it('names a checksum and its type', () => {
  expect(checksumHeaders(undefined)).toEqual({});
  expect(checksumHeaders({ algorithm: 'CRC64NVME', type: 'FULL_OBJECT', value: 'AAAAAAAAAAA=' })).toEqual({
    'x-amz-checksum-crc64nvme': 'AAAAAAAAAAA=',
    'x-amz-checksum-type': 'FULL_OBJECT',
  });
});
