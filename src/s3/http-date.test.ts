import { expect, it } from '@jest/globals';
import { formatHttpDate, parseHttpDate } from './http-date.ts';

it.each([
  ['Sun, 06 Nov 1994 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
  ['Sunday, 06-Nov-94 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
  ['Sun Nov  6 08:49:37 1994', '1994-11-06T08:49:37.000Z'],
  ['1994-11-06T08:49:37Z', '1994-11-06T08:49:37.000Z'],
  ['1994-11-06T08:49:37.500Z', '1994-11-06T08:49:37.500Z'],
  [' Sun, 06 Nov 1994 08:49:37 GMT ', '1994-11-06T08:49:37.000Z'],
  ['Sun, 06 Nov 1994 08:49:37', undefined],
  ['Sun, 06 Nov 1994 99:49:37 GMT', undefined],
  ['06 Nov 1994', undefined],
  ['1994', undefined],
  ['', undefined],
])('parseHttpDate(%j) is %j', (text, expected) => {
  expect(parseHttpDate(text)?.toISOString()).toBe(expected);
});

it('writes what it reads', () => {
  expect(formatHttpDate(new Date('1994-11-06T08:49:37.999Z'))).toBe('Sun, 06 Nov 1994 08:49:37 GMT');
});
