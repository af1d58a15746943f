import { describe, expect, it } from '@jest/globals';
import { isIntact, ozoneChecksums, ozoneChecksumType } from './ozone-checksum.ts';

const { none, crc32, crc32c, sha256, md5 } = ozoneChecksumType;
const digits = Buffer.from('123456789');

describe('ozoneChecksums', () => {
  // The check values that each algorithm is published with.
  it.each([
    ['CRC32', crc32, 'cbf43926'],
    ['CRC32C', crc32c, 'e3069283'],
    ['SHA256', sha256, '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
    ['MD5', md5, '25f9e794323b453885f5181f1b624d0b'],
  ])('%s of 123456789', (_, type, hex) => {
    expect(ozoneChecksums(type, 9, digits).map((checksum) => Buffer.from(checksum).toString('hex'))).toEqual([hex]);
  });

  it('has one for each slice, the last slice as short as it is', () => {
    const slices = ['1234', '5678', '9'].flatMap((slice) => ozoneChecksums(crc32, 4, Buffer.from(slice)));
    expect(ozoneChecksums(crc32, 4, digits)).toEqual(slices);
  });

  it('has none where there is nothing to sum, or no type of checksum', () => {
    expect(ozoneChecksums(crc32, 4, Buffer.alloc(0))).toEqual([]);
    expect(ozoneChecksums(none, 0, digits)).toEqual([]);
  });

  it('refuses a type that it does not know', () => {
    expect(() => ozoneChecksums(6, 4, digits)).toThrow('unknown checksum type 6');
  });
});

describe('isIntact', () => {
  const checksums = ozoneChecksums(crc32c, 4, digits);

  it.each([
    ['the bytes', digits, checksums, true],
    ['other bytes', Buffer.from('123406789'), checksums, false],
    ['fewer bytes', digits.subarray(0, 8), checksums, false],
    ['fewer checksums', digits, checksums.slice(0, 2), false],
    ['no checksums', digits, [], false],
  ])('%s', (_, bytes, given, expected) => {
    expect(isIntact(crc32c, 4, bytes, given)).toBe(expected);
  });

  it('takes what has no checksums by declaration', () => {
    expect(isIntact(none, 1, digits, [])).toBe(true);
  });
});
