import { describe, expect, it } from '@jest/globals';
import { allCases } from '../../cli/select-cases.ts';
import { allMutants, defectClasses } from './all-mutants.ts';
import { tenthOfMutants } from './sample.ts';

const cases = new Set((await allCases()).map(({ id }) => id));

describe('the mutants', () => {
  it('are at least 80 in at least ten classes, each with a name of its own', () => {
    expect(new Set(allMutants.map(({ name }) => name)).size).toBe(allMutants.length);
    expect(allMutants.length).toBeGreaterThanOrEqual(80);
    expect(defectClasses.length).toBeGreaterThanOrEqual(10);
  });

  it('are each caught by a case that there is', () => {
    expect(allMutants.filter(({ caughtBy }) => !cases.has(caughtBy)).map(({ name }) => name)).toEqual([]);
  });

  it('each have their turn once within ten seeds, a tenth at a time', () => {
    const tenths = Array.from({ length: 10 }, (_, index) => tenthOfMutants(20_780 + index));
    expect(tenths.every(({ length }) => length <= Math.ceil(allMutants.length / 10))).toBe(true);
    expect(new Set(tenths.flat())).toEqual(new Set(allMutants));
    expect(tenths.flat()).toHaveLength(allMutants.length);
  });
});
