import { describe, expect, it } from '@jest/globals';
import { checkWithinSource, contentRange, invalidRange, parseCopySourceRange, parseRange } from './range.ts';

describe('parseRange', () => {
  it.each([
    ['no header', undefined, 10, undefined],
    ['both ends', 'bytes=2-4', 10, { first: 2, last: 4 }],
    ['one byte', 'bytes=0-0', 10, { first: 0, last: 0 }],
    ['an end past the object', 'bytes=2-99', 10, { first: 2, last: 9 }],
    ['an open end', 'bytes=7-', 10, { first: 7, last: 9 }],
    ['a suffix', 'bytes=-3', 10, { first: 7, last: 9 }],
    ['a suffix longer than the object', 'bytes=-99', 10, { first: 0, last: 9 }],
    ['a unit in capitals', 'Bytes=2-4', 10, { first: 2, last: 4 }],
    ['spaces around', ' bytes=2-4 ', 10, { first: 2, last: 4 }],
    ['an end past any number', 'bytes=2-99999999999999999999999', 10, { first: 2, last: 9 }],
    ['a start at the end', 'bytes=10-', 10, 'unsatisfiable'],
    ['a start past the end', 'bytes=11-12', 10, 'unsatisfiable'],
    ['an empty suffix', 'bytes=-0', 10, 'unsatisfiable'],
    ['an empty object from its start', 'bytes=0-', 0, 'unsatisfiable'],
    ['the suffix of an empty object', 'bytes=-5', 0, 'unsatisfiable'],
    ['an end before the start', 'bytes=4-2', 10, undefined],
    ['several ranges', 'bytes=0-1,4-5', 10, undefined],
    ['no ends', 'bytes=-', 10, undefined],
    ['another unit', 'items=0-1', 10, undefined],
    ['no unit', '0-1', 10, undefined],
    ['letters', 'bytes=a-b', 10, undefined],
    ['a sign', 'bytes=+1-2', 10, undefined],
    ['a space inside', 'bytes=1 - 2', 10, undefined],
    ['a fraction', 'bytes=1.5-2', 10, undefined],
  ])('reads %s', (_what, header, sizeBytes, expected) => {
    expect(parseRange(header, sizeBytes)).toEqual(expected);
  });
});

it('says which range is not there', () => {
  expect(invalidRange('bytes=10-', 10)).toMatchObject({
    code: 'InvalidRange',
    status: 416,
    details: { RangeRequested: 'bytes=10-', ActualObjectSize: '10' },
    headers: { 'content-range': 'bytes */10' },
  });
});

it('writes Content-Range', () => {
  expect(contentRange({ first: 2, last: 4 }, 10)).toBe('bytes 2-4/10');
});

describe('parseCopySourceRange', () => {
  it('reads first and last', () => {
    expect(parseCopySourceRange('bytes=0-5242879')).toEqual({ first: 0, last: 5242879 });
  });

  it.each(['bytes=0-', 'bytes=-5', 'bytes=5-2', '0-5', 'bytes=0-1,3-4', 'bytes=a-b', '', 'Bytes=0-1'])(
    'refuses %j',
    (header) => {
      expect(() => parseCopySourceRange(header)).toThrow(
        expect.objectContaining({
          code: 'InvalidArgument',
          details: { ArgumentName: 'x-amz-copy-source-range', ArgumentValue: header },
        }),
      );
    },
  );

  it('refuses a range that reaches past the source', () => {
    expect(() => {
      checkWithinSource({ first: 0, last: 9 }, 10);
    }).not.toThrow();
    expect(() => {
      checkWithinSource({ first: 0, last: 10 }, 10);
    }).toThrow(
      expect.objectContaining({
        code: 'InvalidArgument',
        message: 'Range specified is not valid for source object of size: 10',
      }),
    );
  });
});
