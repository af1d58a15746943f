import { describe, expect, it } from '@jest/globals';
import { parseMaxBuckets, parsePageLimit, parsePartNumberMarker } from './list-parameters.ts';

describe('parsePageLimit', () => {
  it.each<[string | undefined, number]>([
    [undefined, 1000],
    ['', 1000],
    ['0', 0],
    ['1', 1],
    ['+7', 7],
    ['1000', 1000],
    ['1001', 1000],
    ['2147483647', 1000],
  ])('reads %j as %d', (value, expected) => {
    expect(parsePageLimit('max-keys', value, 'maxKeys')).toBe(expected);
  });

  it.each(['a', '1.5', '1e3', ' 1', '0x10', '2147483648', '-2147483648', '99999999999999999999', 'NaN'])(
    'refuses %j as no integer',
    (value) => {
      expect(() => parsePageLimit('max-keys', value, 'maxKeys')).toThrow(
        expect.objectContaining({
          code: 'InvalidArgument',
          message: 'Provided max-keys not an integer or within integer range',
          details: { ArgumentName: 'max-keys', ArgumentValue: value },
        }),
      );
    },
  );

  it.each(['-1', '-2147483647'])('refuses %j as negative', (value) => {
    expect(() => parsePageLimit('max-keys', value, 'maxKeys')).toThrow(
      expect.objectContaining({
        code: 'InvalidArgument',
        message: 'Argument maxKeys must be an integer between 0 and 2147483647',
        details: { ArgumentName: 'maxKeys', ArgumentValue: value },
      }),
    );
  });
});

describe('parsePartNumberMarker', () => {
  it.each<[string | undefined, number]>([
    [undefined, 0],
    ['', 0],
    ['3', 3],
    ['20000', 20000],
  ])('reads %j as %d', (value, expected) => {
    expect(parsePartNumberMarker(value)).toBe(expected);
  });

  it.each(['-1', 'x'])('refuses %j', (value) => {
    expect(() => parsePartNumberMarker(value)).toThrow(expect.objectContaining({ code: 'InvalidArgument' }));
  });
});

describe('parseMaxBuckets', () => {
  it.each<[string | undefined, number]>([
    [undefined, 10_000],
    ['1', 1],
    ['10000', 10_000],
  ])('reads %j as %d', (value, expected) => {
    expect(parseMaxBuckets(value)).toBe(expected);
  });

  it.each(['', '0', '-1', '10001', 'x', '1.0'])('refuses %j', (value) => {
    expect(() => parseMaxBuckets(value)).toThrow(
      expect.objectContaining({
        code: 'InvalidArgument',
        details: { ArgumentName: 'max-buckets', ArgumentValue: value },
      }),
    );
  });
});
