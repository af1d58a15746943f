/** A tenth of the mutants, another one each day: MUTANT_SEED=N takes that of seed N. All of them: npm run verify -- mutants. */
import { afterAll, describe, expect, it } from '@jest/globals';
import { allCases } from '../../cli/select-cases.ts';
import { MutantRuns } from './run-mutants.ts';
import { seedOf, tenthOfMutants } from './sample.ts';

const seed = Number(process.env['MUTANT_SEED'] ?? seedOf(new Date()));
const runs = new MutantRuns(await allCases());

describe(`mutants of MUTANT_SEED=${seed}`, () => {
  afterAll(() => runs.stop());

  it.each(tenthOfMutants(seed))(
    '$name: $caughtBy fails',
    async (mutant) => {
      const { caught } = await runs.run(mutant, 'named');
      expect(caught).toEqual([mutant.caughtBy]);
    },
    60_000,
  );
});
