import { describe, expect, it } from '@jest/globals';
import type { DatanodeDetails } from '../proto/hdds.ts';
import type { KeyLocation } from '../proto/om.ts';
import { BadDatanodes } from './bad-datanodes.ts';
import { readingOrder } from './reading-order.ts';

const [a, b, c] = ['a', 'b', 'c'].map((uuid) => ({ uuid }) as DatanodeDetails) as [
  DatanodeDetails,
  DatanodeDetails,
  DatanodeDetails,
];

describe('BadDatanodes', () => {
  it('are asked last until they answer', () => {
    const bad = new BadDatanodes(60);
    bad.add(a);
    bad.add(b);
    expect(bad.sort([a, b, c])).toEqual([c, a, b]);
    bad.remove(b);
    expect(bad.sort([a, b, c])).toEqual([b, c, a]);
    expect(bad.sort([])).toEqual([]);
  });

  it('are tried by one reader from time to time, where they come first', () => {
    let now = 1000;
    const bad = new BadDatanodes(60, () => now);
    bad.add(a);
    now += 59;
    expect(bad.sort([a, b])).toEqual([b, a]);
    now += 1;
    expect(bad.sort([b, a])).toEqual([b, a]);
    expect(bad.sort([a, b])).toEqual([a, b]);
    expect(bad.sort([a, b])).toEqual([b, a]);
  });
});

describe('readingOrder', () => {
  const location = (memberOrders: number[]): KeyLocation =>
    ({ pipeline: { members: [a, b, c], memberOrders } }) as unknown as KeyLocation;

  it('is the one that the OM sorted by distance', () => {
    expect(readingOrder(location([2, 0, 1]))).toEqual([c, a, b]);
  });

  it.each([
    ['not sorted', []],
    ['sorted by what they are not', [7, 0, 1]],
  ])('is any where they are %s', (_, memberOrders) => {
    const random = [0.5, 0.1, 0.9];
    expect(readingOrder(location(memberOrders), () => random.shift()!)).toEqual([b, a, c]);
  });

  it('is none without a pipeline', () => {
    expect(readingOrder({ pipeline: null } as KeyLocation)).toEqual([]);
  });
});
