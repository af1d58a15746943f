import { describe, expect, it } from '@jest/globals';
import { parseCompletedParts } from './completed-parts.ts';

const document = (...parts: string[]): string =>
  `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${parts.join('\n')}</CompleteMultipartUpload>`;
const part = (number: string, etag = '"abc"', more = ''): string =>
  `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag>${more}</Part>`;

describe('parseCompletedParts', () => {
  it('reads numbers, ETags with and without quotes, and checksums', () => {
    const text = document(
      part('1'),
      part('2', '&quot;def&quot;', '<ChecksumCRC32>AAAAAA==</ChecksumCRC32>'),
      '<Part><ETag>ghi</ETag><PartNumber> 10000 </PartNumber><ChecksumSHA256></ChecksumSHA256></Part>',
    );
    expect(parseCompletedParts(text)).toEqual([
      { partNumber: 1, etag: 'abc' },
      { partNumber: 2, etag: 'def', checksum: { algorithm: 'CRC32', value: 'AAAAAA==' } },
      { partNumber: 10000, etag: 'ghi' },
    ]);
  });

  it.each([
    ['nothing', '', 'MalformedXML'],
    ['no parts', document(), 'MalformedXML'],
    ['another root', '<Complete/>', 'MalformedXML'],
    ['an unknown child', document('<Pair/>'), 'MalformedXML'],
    ['an unknown child of a part', document(part('1', 'a', '<X/>')), 'MalformedXML'],
    ['no number', document('<Part><ETag>a</ETag></Part>'), 'MalformedXML'],
    ['a number that is none', document(part('one')), 'MalformedXML'],
    ['a number twice', document(part('1', 'a', '<PartNumber>2</PartNumber>')), 'MalformedXML'],
    ['no ETag', document('<Part><PartNumber>1</PartNumber></Part>'), 'MalformedXML'],
    ['an empty ETag', document(part('1', '""')), 'MalformedXML'],
    [
      'two checksums',
      document(part('1', 'a', '<ChecksumSHA1>x</ChecksumSHA1><ChecksumCRC32>y</ChecksumCRC32>')),
      'MalformedXML',
    ],
    ['a checksum that is not there', document(part('1', 'a', '<ChecksumMD5>x</ChecksumMD5>')), 'NotImplemented'],
    ['number 0', document(part('0')), 'InvalidArgument'],
    ['a negative number', document(part('-1')), 'InvalidArgument'],
    ['number 10001', document(part('10001')), 'InvalidArgument'],
    ['falling numbers', document(part('2'), part('1')), 'InvalidPartOrder'],
    ['a part twice', document(part('1'), part('1')), 'InvalidPartOrder'],
    [
      'too many parts',
      document(...Array.from({ length: 10_001 }, (_, index) => part(String(index + 1)))),
      'InvalidArgument',
    ],
  ])('refuses %s', (_what, text, code) => {
    expect(() => parseCompletedParts(text)).toThrow(expect.objectContaining({ code }));
  });
});
