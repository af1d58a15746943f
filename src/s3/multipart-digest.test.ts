import { describe, expect, it } from '@jest/globals';
import { compositeChecksum, multipartEtag } from './multipart-digest.ts';

describe('multipartEtag', () => {
  // printf of the raw MD5s of the parts, through md5sum
  it('hashes the raw MD5s and counts the parts', () => {
    expect(multipartEtag(['d41d8cd98f00b204e9800998ecf8427e'])).toBe('59adb24ef3cdbe0297f05b395827453f-1');
    expect(multipartEtag(['d41d8cd98f00b204e9800998ecf8427e', 'd41d8cd98f00b204e9800998ecf8427e'])).toMatch(/-2$/);
  });
});

describe('compositeChecksum', () => {
  const parts = { CRC32: ['AAAAAA=='], CRC32C: ['AAAAAA=='], SHA1: ['2jmj7l5rSw0yVb/vlWAYkK/YBwk='] } as const;

  it.each([
    ['CRC32', 'IUTfHA==-1'], // crc32 of four zero bytes: 0x2144df1c
    ['CRC32C', 'SGdLxw==-1'], // crc32c of four zero bytes: 0x48674bc7
    ['SHA1', 'vhvewKp0tNyweZQ+cFKAlsyphfg=-1'], // sha1 of the raw sha1 of nothing
  ] as const)('%s', (algorithm, expected) => {
    expect(compositeChecksum(algorithm, parts[algorithm])).toBe(expected);
  });

  it('has none for CRC64NVME', () => {
    expect(() => compositeChecksum('CRC64NVME', ['AAAAAAAAAAA='])).toThrow(RangeError);
  });
});
