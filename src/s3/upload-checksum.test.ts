import { describe, expect, it } from '@jest/globals';
import { requestHead } from './request-head.ts';
import { readChecksumAlgorithm, readNamedChecksum, readUploadChecksum } from './upload-checksum.ts';

const refused = expect.objectContaining({ code: 'InvalidRequest' });
const head = (algorithm?: string, type?: string) =>
  requestHead({
    ...(algorithm === undefined ? {} : { 'x-amz-checksum-algorithm': algorithm }),
    ...(type === undefined ? {} : { 'x-amz-checksum-type': type }),
  });

describe('readUploadChecksum', () => {
  it.each([
    [undefined, undefined, undefined],
    ['CRC32', undefined, { algorithm: 'CRC32', type: 'COMPOSITE' }],
    ['crc32c', 'FULL_OBJECT', { algorithm: 'CRC32C', type: 'FULL_OBJECT' }],
    ['CRC64NVME', undefined, { algorithm: 'CRC64NVME', type: 'FULL_OBJECT' }],
    ['CRC64NVME', 'full_object', { algorithm: 'CRC64NVME', type: 'FULL_OBJECT' }],
    ['SHA1', 'COMPOSITE', { algorithm: 'SHA1', type: 'COMPOSITE' }],
    ['SHA256', undefined, { algorithm: 'SHA256', type: 'COMPOSITE' }],
  ])('reads %s, %s', (algorithm, type, expected) => {
    expect(readUploadChecksum(head(algorithm, type))).toEqual(expected);
  });

  it.each([
    [undefined, 'COMPOSITE'],
    ['CRC64NVME', 'COMPOSITE'],
    ['SHA1', 'FULL_OBJECT'],
    ['SHA256', 'FULL_OBJECT'],
    ['CRC32', 'OTHER'],
    ['CRC16', undefined],
  ])('refuses %s, %s', (algorithm, type) => {
    expect(() => readUploadChecksum(head(algorithm, type))).toThrow(refused);
  });
});

it('names the algorithms that there are', () => {
  expect(() => readChecksumAlgorithm(head('CRC16'))).toThrow(
    expect.objectContaining({ message: expect.stringContaining('[CRC32, CRC32C, CRC64NVME, SHA1, SHA256]') }),
  );
});

describe('readNamedChecksum', () => {
  it.each([
    [{}, undefined],
    [{ 'x-amz-checksum-crc32': ' AAAAAA== ' }, { algorithm: 'CRC32', value: 'AAAAAA==' }],
    [{ 'x-amz-checksum-crc32': 'AAAAAA==-3' }, { algorithm: 'CRC32', value: 'AAAAAA==-3' }],
    [{ 'x-amz-checksum-crc64nvme': 'AAAAAAAAAAA=' }, { algorithm: 'CRC64NVME', value: 'AAAAAAAAAAA=' }],
  ])('reads %j', (headers, expected) => {
    expect(readNamedChecksum(requestHead(headers as Record<string, string>))).toEqual(expected);
  });

  it.each([
    [{ 'x-amz-checksum-crc32': 'AAAA' }],
    [{ 'x-amz-checksum-crc32': '' }],
    [{ 'x-amz-checksum-sha1': 'AAAAAA==' }],
    [{ 'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-checksum-crc32c': 'AAAAAA==' }],
  ])('refuses %j', (headers) => {
    expect(() => readNamedChecksum(requestHead(headers as Record<string, string>))).toThrow(refused);
  });
});
