import { describe, expect, it } from '@jest/globals';
import { ReadBudget } from './read-budget.ts';

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

describe('ReadBudget', () => {
  it('lets a reader grow from 1 MiB to the size of an Ozone chunk', () => {
    const budget = new ReadBudget(96 * mebibyte);
    budget.enter();
    const sizes: number[] = [];
    for (let index = 0; index < 4; index++) sizes.push(budget.nextPieceBytes(sizes.at(-1)));
    expect(sizes).toEqual([mebibyte, 2 * mebibyte, 4 * mebibyte, 4 * mebibyte]);
  });

  it.each([
    [6, 4 * mebibyte],
    [7, 2 * mebibyte],
    [100, 128 * kibibyte],
    [1000, 128 * kibibyte],
  ])('gives %i readers their share', (readers, expected) => {
    const budget = new ReadBudget(96 * mebibyte);
    for (let index = 0; index < readers; index++) budget.enter();
    expect(budget.nextPieceBytes(4 * mebibyte)).toBe(expected);
    for (let index = 1; index < readers; index++) budget.leave();
    expect(budget.nextPieceBytes(4 * mebibyte)).toBe(4 * mebibyte);
  });
});
