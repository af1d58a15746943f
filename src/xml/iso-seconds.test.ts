import { describe, expect, it } from '@jest/globals';
import { isoSeconds } from './iso-seconds.ts';

describe('isoSeconds', () => {
  it.each([
    ['2024-02-29T12:34:56.789Z', '2024-02-29T12:34:56.000Z'],
    ['2024-02-29T00:00:00.000Z', '2024-02-29T00:00:00.000Z'],
    ['2024-02-29T23:59:59.999Z', '2024-02-29T23:59:59.000Z'],
    ['2024-03-01T00:00:00.000Z', '2024-03-01T00:00:00.000Z'],
    ['1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z'],
    ['1969-12-31T23:59:59.500Z', '1969-12-31T23:59:59.000Z'],
    ['9999-12-31T01:02:03.004Z', '9999-12-31T01:02:03.000Z'],
  ])('shows %s as %s', (date, expected) => {
    expect(isoSeconds(new Date(date))).toBe(expected);
    expect(isoSeconds(new Date(date))).toBe(expected);
  });
});
