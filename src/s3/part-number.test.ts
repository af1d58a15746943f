import { expect, it } from '@jest/globals';
import { locatePart, parsePartNumber } from './part-number.ts';

it.each([
  ['1', 1],
  ['10000', 10000],
  ['007', 7],
])('reads %j', (value, expected) => {
  expect(parsePartNumber(value)).toBe(expected);
});

it.each(['', '0', '10001', '-1', '1.5', 'a', ' 1', '99999999999999999999'])('refuses %j', (value) => {
  expect(() => parsePartNumber(value)).toThrow(
    expect.objectContaining({
      code: 'InvalidArgument',
      message: 'Part number must be an integer between 1 and 10000, inclusive',
      details: { ArgumentName: 'partNumber', ArgumentValue: value },
    }),
  );
});

it('finds a part by its number, not its place', () => {
  const parts = [
    { partNumber: 2, sizeBytes: 10 },
    { partNumber: 5, sizeBytes: 3 },
  ];
  expect(locatePart(parts, 2)).toEqual({ first: 0, sizeBytes: 10 });
  expect(locatePart(parts, 5)).toEqual({ first: 10, sizeBytes: 3 });
  expect(locatePart(parts, 1)).toBeUndefined();
});
