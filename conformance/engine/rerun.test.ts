import { describe, expect, it } from '@jest/globals';
import type { CaseResult } from './outcome.ts';
import { rerunFailures } from './rerun.ts';

function result(state: Partial<CaseResult>): CaseResult {
  return {
    id: 'PutObject.unit.case',
    title: 'a case',
    operation: 'PutObject',
    feature: 'object-basics',
    level: 'core',
    severity: 'major',
    kind: 'positive',
    outcome: 'fail',
    cause: 'wrong-body',
    detail: undefined,
    durationMs: 1,
    inputMembers: [],
    outputMembers: [],
    leftBehind: [],
    ...state,
  };
}

const passed = result({ outcome: 'pass', cause: undefined });

/** Gives these results one after the other. */
async function rerun(first: CaseResult, again: readonly CaseResult[], signal?: AbortSignal) {
  let runs = 0;
  const runAgain = (): Promise<CaseResult> => Promise.resolve(again[runs++] ?? first);
  const [settled] = await rerunFailures([first], runAgain, { retries: 2, signal });
  return { settled, runs };
}

describe('a case that failed', () => {
  it('is flaky when it passes at the second try again', async () => {
    const { settled, runs } = await rerun(result({}), [result({}), passed]);
    expect(settled).toEqual({ ...passed, isFlaky: true });
    expect(runs).toBe(2);
  });
  it('stays failed when it is critical, and is told to be flaky', async () => {
    const failed = result({ severity: 'critical' });
    expect(await rerun(failed, [passed])).toEqual({ settled: { ...failed, isFlaky: true }, runs: 1 });
  });
  it('stays failed when it fails twice more', async () => {
    expect(await rerun(result({}), [])).toEqual({ settled: result({}), runs: 2 });
  });
  it.each<Partial<CaseResult>>([
    { cause: 'not-implemented' },
    { cause: 'timeout' },
    { outcome: 'blocked' },
    { outcome: 'pass', cause: undefined },
  ])('is not run again as %j', async (state) => {
    expect(await rerun(result(state), [passed])).toEqual({ settled: result(state), runs: 0 });
  });
  it('is not run again after an interruption', async () => {
    expect((await rerun(result({}), [passed], AbortSignal.abort())).runs).toBe(0);
  });
});
