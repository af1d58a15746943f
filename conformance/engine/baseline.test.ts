import { describe, expect, it } from '@jest/globals';
import { compareWithBaseline, expectationFrom, type Baseline, type Expectation, type Observed } from './baseline.ts';
import { exitCodeOfDrifts } from './gate.ts';

const id = 'PutObject.a.one';
const pass = { outcome: 'pass', kind: 'positive' } as const;
const gap = { outcome: 'fail', cause: 'ignored', kind: 'negative', reason: 'not yet' } as const;
const lacking = { outcome: 'skipped', needs: 'tls' } as const;

function baseline(expectation?: Expectation): Baseline {
  const cases = expectation === undefined ? {} : { [id]: expectation };
  return { schemaVersion: 1, implementation: {}, suite: '1', sdk: '3', inputMembersSent: {}, cases };
}

function observed(outcome: Observed['outcome'], extra: Partial<Observed> = {}): Observed {
  return { id, outcome, cause: undefined, kind: 'positive', detail: undefined, ...extra };
}

const failed = observed('fail', { cause: 'ignored', kind: 'negative', detail: 'got 200' });
const skipped = observed('skipped', { detail: 'tls: an https endpoint' });

describe('compareWithBaseline', () => {
  it.each<[string, Expectation | undefined, Observed | undefined, string | undefined, number]>([
    ['passes as expected', pass, observed('pass'), undefined, 0],
    ['fails as expected', gap, failed, undefined, 0],
    ['is skipped as expected', lacking, skipped, undefined, 0],
    ['fails unexpectedly', pass, failed, 'regression', 1],
    ['fails for another cause', gap, observed('fail', { cause: 'wrong-code', kind: 'negative' }), 'regression', 1],
    ['is blocked where it failed', gap, observed('blocked', { cause: 'timeout' }), 'regression', 1],
    ['breaks the suite', pass, observed('error'), 'regression', 1],
    ['no longer runs', pass, skipped, 'regression', 1],
    ['passes unexpectedly', gap, observed('pass'), 'stale', 2],
    ['runs where it could not', lacking, observed('pass'), 'stale', 2],
    ['is refused where it was served', pass, observed('pass', { cause: 'not-implemented' }), 'stale', 2],
    ['is new', undefined, observed('pass'), 'unrecorded', 2],
    ['is new and fails', undefined, failed, 'regression', 1],
    ['is not there', pass, undefined, 'vanished', 3],
  ])('a case that %s', (_, expectation, result, kind, exitCode) => {
    const drifts = compareWithBaseline(baseline(expectation), result === undefined ? [] : [result]);
    expect(drifts.map((drift) => drift.kind)).toEqual(kind === undefined ? [] : [kind]);
    expect(exitCodeOfDrifts(drifts, true)).toBe(exitCode);
    expect(exitCodeOfDrifts(drifts)).toBe(exitCode === 2 ? 0 : exitCode);
  });

  it('does not miss the cases that a filter left out', () => {
    expect(compareWithBaseline(baseline(pass), [], { isWhole: false })).toEqual([]);
  });

  it('misses those that are no longer there, whatever a filter left out', () => {
    const drifts = compareWithBaseline(baseline(pass), [], { isWhole: false, exists: () => false });
    expect(drifts.map((drift) => drift.kind)).toEqual(['vanished']);
  });

  it('says what was expected and what came', () => {
    const [drift] = compareWithBaseline(baseline(pass), [failed]);
    expect(drift?.text).toBe('expected pass [positive], came to fail [ignored, negative] (got 200)');
  });
});

describe('a known gap', () => {
  const critical = observed('fail', { cause: 'ignored', kind: 'negative', severity: 'critical' });
  it.each<[string, Expectation, Parameters<typeof compareWithBaseline>[2], string | undefined]>([
    ['has not expired', { ...gap, expires: '2027-01-02' }, { today: '2027-01-01' }, undefined],
    ['has expired', { ...gap, expires: '2027-01-01' }, { today: '2027-01-01' }, 'expired on 2027-01-01'],
    ['is critical', gap, { allowCritical: [] }, `--allow-critical ${id}`],
    ['is critical, and allowed', gap, { allowCritical: [id] }, undefined],
    ['is critical, and allowed by a glob', gap, { allowCritical: ['PutObject.*'] }, undefined],
    ['is critical, and another is allowed', gap, { allowCritical: ['GetObject.*'] }, `--allow-critical ${id}`],
    ['is critical, and nobody asks', gap, {}, undefined],
  ])('that %s', (_, expectation, options, words) => {
    const drifts = compareWithBaseline(baseline(expectation), [critical], options);
    expect(drifts.map(({ kind }) => kind)).toEqual(words === undefined ? [] : ['regression']);
    expect(drifts[0]?.text ?? '').toContain(words ?? '');
  });
});

describe('a glob', () => {
  const refused = observed('fail', { cause: 'not-implemented' });
  const withGlob = (expectation: Expectation): Baseline => ({ ...baseline(), cases: { 'PutObject.*': expectation } });
  const named = { outcome: 'fail', cause: 'not-implemented', reason: 'one day' } as const;
  it.each<[string, Expectation, Observed[], (string | undefined)[]]>([
    ['stands for what is refused by name', named, [refused], []],
    ['stands for no other failure', named, [failed], ['regression']],
    ['of another cause stands for nothing', { ...named, cause: 'ignored' }, [refused], ['regression']],
    ['does not vanish', named, [], []],
  ])('%s', (_, expectation, results, kinds) => {
    expect(compareWithBaseline(withGlob(expectation), results).map(({ kind }) => kind)).toEqual(kinds);
  });

  it('does not outweigh what is said of the case itself', () => {
    const both: Baseline = { ...baseline(pass), cases: { [id]: pass, 'PutObject.*': named } };
    expect(compareWithBaseline(both, [refused]).map(({ kind }) => kind)).toEqual(['regression']);
  });
});

describe('expectationFrom', () => {
  it.each<[Observed, Expectation]>([
    [observed('pass'), pass],
    [skipped, lacking],
    // What kind of case it is shows when it runs.
    [observed('blocked', { cause: 'timeout', detail: 'set-up' }), { outcome: 'blocked', cause: 'timeout' }],
  ])('%o', (result, expectation) => {
    expect(expectationFrom(result)).toEqual(expectation);
  });
});
