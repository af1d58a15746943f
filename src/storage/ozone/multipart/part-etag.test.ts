import { describe, expect, it } from '@jest/globals';
import { formatPartEtag, parsePartEtag } from './part-etag.ts';

const md5 = 'd41d8cd98f00b204e9800998ecf8427e';

describe('a part’s ETag at the OM', () => {
  it.each([
    [{ etag: md5, checksum: undefined }, md5],
    [{ etag: md5, checksum: { algorithm: 'CRC64NVME', value: 'AAAAAAAAAAA=' } }, `${md5}.CRC64NVME=AAAAAAAAAAA=`],
    [{ etag: md5, checksum: { algorithm: 'SHA1', value: 'ab+/' } }, `${md5}.SHA1=ab+/`],
  ] as const)('%j', (part, text) => {
    expect(formatPartEtag(part)).toBe(text);
    expect(parsePartEtag(text)).toEqual(part);
  });

  it.each([`/s3v/bucket/key-id-1`, `${md5}.CRC32`, `${md5}.MD5=AAAA`, `${md5}-2`, ''])(
    '%j is taken as it is',
    (text) => {
      expect(parsePartEtag(text)).toEqual({ etag: text, checksum: undefined });
    },
  );
});
