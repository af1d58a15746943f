import { describe, expect, it } from '@jest/globals';
import { refuseLackedFeatures } from './feature-headers.ts';
import { requestHead } from './request-head.ts';

function refusal(operationName: string, headers: Record<string, string>, query: Record<string, string> = {}): unknown {
  try {
    refuseLackedFeatures(operationName, requestHead(headers, query));
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('refuseLackedFeatures', () => {
  it.each([
    ['x-amz-server-side-encryption', 'AES256'],
    ['x-amz-server-side-encryption-customer-key', 'x'],
    ['x-amz-object-lock-legal-hold', 'OFF'],
    ['x-amz-website-redirect-location', '/x'],
    ['x-amz-write-offset-bytes', '0'],
    ['x-amz-checksum-md5', 'x'],
    ['x-amz-checksum-algorithm', 'XXHASH64'],
    ['x-amz-sdk-checksum-algorithm', 'sha512'],
    ['x-amz-trailer', 'x-amz-checksum-xxhash3'],
    ['x-amz-bucket-object-lock-enabled', 'true'],
    ['x-amz-object-ownership', 'ObjectWriter'],
  ])('refuses %s: %s', (name, value) => {
    expect(refusal('PutObject', { [name]: value })).toMatchObject({
      code: 'NotImplemented',
      status: 501,
      details: { Header: name },
    });
  });

  it.each([
    ['x-amz-bucket-object-lock-enabled', 'False'],
    ['x-amz-object-ownership', 'BucketOwnerEnforced'],
    ['x-amz-checksum-algorithm', 'CRC32'],
    ['x-amz-optional-object-attributes', 'RestoreStatus'],
    ['x-amz-trailer', 'x-amz-checksum-crc32'],
    ['x-amz-request-payer', 'requester'],
    ['x-amz-unheard-of', 'x'],
    ['content-type', 'x'],
  ])('lets %s: %s pass', (name, value) => {
    expect(refusal('PutObject', { [name]: value })).toBeUndefined();
  });

  it.each([
    ['GetObject', 'null', undefined],
    ['GetObject', '3HL4kqtJvjVBH40Nrjfkd.OPw__x-abc', undefined],
    ['GetObject', 'x', 'Invalid version id specified'],
    ['GetObject', '', 'Version id cannot be the empty string'],
    ['PutObject', 'null', 'This operation does not accept a version-id.'],
  ])('answers %s of version %j', (name, versionId, message) => {
    const expected = message === undefined ? undefined : { code: 'InvalidArgument', message };
    const error = refusal(name, {}, { versionId });
    if (expected === undefined) expect(error).toBeUndefined();
    else expect(error).toMatchObject(expected);
  });
});
