import { describe, expect, it } from '@jest/globals';
import { shuffled } from './shuffle.ts';

describe('shuffled', () => {
  const items = Array.from({ length: 100 }, (_, index) => index);

  it.each([1, 2, 2 ** 31, 2 ** 40])('keeps every item, in one other order for seed %d', (seed) => {
    const once = shuffled(items, seed);
    expect(once).not.toEqual(items);
    expect(once.toSorted((a, b) => a - b)).toEqual(items);
    expect(shuffled(items, seed)).toEqual(once);
  });

  it('has different orders for different seeds', () => {
    expect(shuffled(items, 1)).not.toEqual(shuffled(items, 2));
  });
});
