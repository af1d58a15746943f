import { describe, expect, it } from '@jest/globals';
import { parseEncodingType } from './encoding-type.ts';

describe('parseEncodingType', () => {
  it.each([
    ['a/b', 'a/b'],
    ['test_file(3).png', 'test_file%283%29.png'],
    ['a b', 'a%20b'],
    ['a+b', 'a%2Bb'],
    ['100%', '100%25'],
    ['a&b=c?d#e', 'a%26b%3Dc%3Fd%23e'],
    ["!'*~-._", '%21%27*~-._'],
    ['\u0001\n', '%01%0A'],
    ['漢\u{1F600}', '%E6%BC%A2%F0%9F%98%80'],
  ])('encodes %j', (key, expected) => {
    const { encodingType, encode } = parseEncodingType('url');
    expect(encodingType).toBe('url');
    expect(encode(key)).toBe(expected);
    expect(decodeURIComponent(expected)).toBe(key);
  });

  it.each([undefined, ''])('leaves keys alone for %j', (value) => {
    const { encodingType, encode } = parseEncodingType(value);
    expect([encodingType, encode('a b%')]).toEqual([undefined, 'a b%']);
  });

  it.each(['URL', 'base64', 'u'])('refuses %s', (value) => {
    expect(() => parseEncodingType(value)).toThrow(
      expect.objectContaining({
        code: 'InvalidArgument',
        message: 'Invalid Encoding Method specified in Request',
        details: { ArgumentName: 'encoding-type', ArgumentValue: value },
      }),
    );
  });
});
