import { describe, expect, it } from '@jest/globals';
import type { CaseResult } from '../engine/outcome.ts';
import { diffMarkdown } from './diff-markdown.ts';
import { diffResults } from './results-diff.ts';
import { resultsJson } from './results-json.ts';
import type { ResultsDocument } from './results-document.ts';

type State = Pick<CaseResult, 'outcome'> & Partial<CaseResult>;
const pass: State = { outcome: 'pass' };
const fail: State = { outcome: 'fail', cause: 'ignored' };
const skipped: State = { outcome: 'skipped' };

/** A run of cases PutObject.a.<name>. */
function run(states: Readonly<Record<string, State>>): ResultsDocument {
  const base = { operation: 'PutObject', feature: 'object-basics', level: 'core', severity: 'major' } as const;
  const rest = { kind: 'positive', cause: undefined, detail: undefined, durationMs: 0 } as const;
  const results = Object.entries(states).map(([name, state]) => {
    const id = `PutObject.a.${name}`;
    return { ...base, ...rest, id, title: `a|${name}`, inputMembers: [], outputMembers: [], leftBehind: [], ...state };
  });
  return resultsJson({
    versions: { suite: '1', sdk: '3', node: '20' },
    implementation: { project: 'server' },
    endpoint: new URL('http://h'),
    region: 'r',
    profile: 'full',
    filter: undefined,
    startedAt: new Date(0),
    durationMs: 0,
    isInterrupted: false,
    cases: [],
    results,
  });
}

const nothing = {
  newlyFailing: [],
  fixed: [],
  causeChanged: [],
  runChanged: [],
  added: [],
  removed: [],
  verdictMoves: [],
};

describe('diffResults', () => {
  it.each<[string, State | undefined, State | undefined, keyof typeof nothing]>([
    ['fails now', pass, fail, 'newlyFailing'],
    ['is blocked now', pass, { outcome: 'blocked' }, 'newlyFailing'],
    ['ran for the first time and fails', skipped, fail, 'newlyFailing'],
    ['passes now', fail, pass, 'fixed'],
    ['fails for another cause', fail, { outcome: 'fail', cause: 'wrong-code' }, 'causeChanged'],
    ['is no longer run', pass, skipped, 'runChanged'],
    ['ran for the first time and passes', skipped, pass, 'runChanged'],
    ['is new', undefined, pass, 'added'],
    ['is gone', pass, undefined, 'removed'],
  ])('a case that %s', (_, before, after, kind) => {
    const others = { other: pass };
    const diff = diffResults(
      run({ ...others, ...(before === undefined ? {} : { one: before }) }),
      run({ ...others, ...(after === undefined ? {} : { one: after }) }),
    );
    expect({ ...diff, [kind]: [], verdictMoves: [] }).toEqual(nothing);
    expect(diff[kind]).toMatchObject([{ id: 'PutObject.a.one' }]);
  });

  it('finds nothing between a run and itself', () => {
    expect(diffResults(run({ one: pass, two: fail }), run({ one: pass, two: fail }))).toEqual(nothing);
  });

  it('tells verdicts that moved', () => {
    const { verdictMoves } = diffResults(run({ one: pass }), run({ one: { outcome: 'fail', cause: 'state-damaged' } }));
    expect(verdictMoves).toEqual([{ operation: 'PutObject', before: 'supported', after: 'non-compliant, harmful' }]);
  });
});

describe('diffMarkdown', () => {
  const markdown = (before: ResultsDocument, after: ResultsDocument): string =>
    diffMarkdown(diffResults(before, after), before, after);

  it.each([
    '## S3 conformance: server',
    '1 of 2 executed cases pass; 1 of 2 before.',
    '### Newly failing: 1',
    '| `PutObject.a.two` | a\\|two | core | pass | fail: ignored |',
    '<details><summary>Fixed: 1</summary>',
    '| `PutObject.a.one` | a\\|one | core | fail: ignored | pass |',
  ])('says %s', (line) => {
    expect(markdown(run({ one: fail, two: pass }), run({ one: pass, two: fail }))).toContain(line);
  });

  it('says that nothing differs', () => {
    expect(markdown(run({ one: pass }), run({ one: pass }))).toContain('Nothing differs.');
  });

  it('fits a comment, however much differs', () => {
    const states = (state: State): Record<string, State> =>
      Object.fromEntries(Array.from({ length: 1_700 }, (_, index) => [`condition-${'x'.repeat(60)}-${index}`, state]));
    const text = markdown(run(states(pass)), run(states(fail)));
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain('and 1660 more');
  });
});
