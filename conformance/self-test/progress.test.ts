import { describe, expect, it } from '@jest/globals';
import { Progress, type ProgressOptions } from '../cli/progress.ts';
import type { CaseResult, Outcome } from '../engine/outcome.ts';

function result(id: string, outcome: Outcome): CaseResult {
  const base = {
    title: '',
    operation: 'PutObject',
    feature: 'object-basics',
    level: 'core',
    severity: 'minor',
  } as const;
  const rest = { kind: 'positive', durationMs: 1, inputMembers: [], outputMembers: [], leftBehind: [] } as const;
  const failure = { cause: outcome === 'fail' ? ('ignored' as const) : undefined, detail: 'first\nsecond' };
  return { ...base, ...rest, ...failure, id, outcome };
}

/** What was written; a second passes with each result, unless told otherwise. */
function written(isTTY: boolean, results: readonly CaseResult[], options: ProgressOptions = {}): string[] {
  const pieces: string[] = [];
  let now = 0;
  const output = { isTTY, columns: 40, write: (text: string) => pieces.push(text) > 0 };
  const progress = new Progress(output, 4, { now: () => now, ...options });
  for (const one of results) {
    now += 1_000;
    progress.report(one);
  }
  progress.finish();
  return pieces;
}

const cases = [result('a', 'pass'), result('b', 'fail'), result('c', 'blocked'), result('d', 'pass')];

describe('progress on a terminal', () => {
  it('is one line with counts and the time left, failures above it', () => {
    expect(written(true, cases)).toEqual([
      '\r\u001B[K1/4, 3 s left  a',
      '\r\u001B[Kfail (ignored) b: first\n',
      '\r\u001B[K2/4, 1 failed, 2 s left  b',
      '\r\u001B[K3/4, 1 failed, 1 s left  c',
      '\r\u001B[K4/4, 1 failed, 0 s left  d',
      '\r\u001B[K',
    ]);
  });

  it('fits the terminal', () => {
    expect(written(true, [result('x'.repeat(99), 'pass')])[0]).toHaveLength(39 + 4);
  });

  it('counts probes that come on top', () => {
    expect(written(true, [...cases, result('e', 'pass')])).toContain('\r\u001B[K5/5, 1 failed, 0 s left  e');
  });
});

describe('progress in a CI', () => {
  it('is a line for each failure', () => {
    expect(written(false, cases)).toEqual(['fail (ignored) b: first\n']);
  });

  it('does not tell failures that are known', () => {
    expect(written(false, cases, { isExpected: ({ id }) => id === 'b' })).toEqual([]);
  });

  it('is a line each half minute', () => {
    let now = 0;
    const slowly = { now: () => (now += 8_000) };
    const lines = written(false, [cases[0]!, cases[0]!, cases[0]!, cases[0]!], slowly);
    expect(lines.join('')).toMatch(/^\d\/4, \d+ s left\n(?:\d\/4, \d+ s left\n)?$/);
  });
});
