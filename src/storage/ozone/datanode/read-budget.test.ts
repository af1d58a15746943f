import { describe, expect, it } from '@jest/globals';
import { ReadBudget } from './read-budget.ts';

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

describe('ReadBudget', () => {
  it('lets a reader grow from 1 MiB to the size of an Ozone chunk', () => {
    const budget = new ReadBudget(64 * mebibyte);
    budget.enter();
    const sizes: number[] = [];
    for (let index = 0; index < 4; index++) sizes.push(budget.nextPieceBytes(sizes.at(-1)));
    expect(sizes).toEqual([1024, 2048, 4096, 4096].map((size) => size * kibibyte));
  });

  it.each([
    [4, 1024 * kibibyte, 4 * mebibyte, 2],
    [8, 1024 * kibibyte, 2 * mebibyte, 2],
    [9, 512 * kibibyte, mebibyte, 1],
    [100, 128 * kibibyte, 128 * kibibyte, 1],
    [1000, 128 * kibibyte, 128 * kibibyte, 1],
  ])('gives %i readers their share', (readers, firstBytes, pieceBytes, piecesAhead) => {
    const budget = new ReadBudget(64 * mebibyte);
    for (let index = 0; index < readers; index++) budget.enter();
    expect(budget.nextPieceBytes(4 * mebibyte)).toBe(pieceBytes);
    expect(budget.nextPieceBytes(undefined)).toBe(firstBytes);
    expect(budget.piecesAhead).toBe(piecesAhead);
    for (let index = 1; index < readers; index++) budget.leave();
    expect(budget.nextPieceBytes(4 * mebibyte)).toBe(4 * mebibyte);
  });
});
