import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareWithBaseline, expectationFrom, type Baseline, type Observed } from './baseline.ts';
import { decideBaselineGate, decideGate, exitCodeOfDrifts, type GateOptions, type Gated } from './gate.ts';
import { causes, levels, outcomes, severities } from './outcome.ts';

const cases = (...all: (readonly [Gated['outcome'], Gated['level']?])[]): Gated[] =>
  all.map(([outcome, level = 'core'], index) => ({ id: `PutObject.a.${index}`, outcome, level }));

describe('decideGate', () => {
  it.each<[string, Gated[], GateOptions, number]>([
    ['every case was skipped', cases(['skipped'], ['skipped']), {}, 3],
    ['every case was skipped, and only a report is wanted', cases(['skipped']), { reportOnly: true }, 0],
    ['the suite broke, and only a report is wanted', cases(['error']), { reportOnly: true }, 0],
    ['the suite broke and a case failed', cases(['error'], ['fail']), {}, 1],
    ['enough pass', cases(['pass'], ['pass'], ['pass'], ['fail']), { failUnder: 75 }, 0],
    ['too few pass', cases(['pass'], ['fail']), { failUnder: 75 }, 1],
    ['what was not executed does not count', cases(['pass'], ['skipped'], ['blocked']), { failUnder: 100 }, 0],
    ['other levels do not count', cases(['pass'], ['fail', 'optional']), { failUnder: 100 }, 0],
    ['enough pass, but some were skipped', cases(['pass'], ['skipped']), { failUnder: 1, requireComplete: true }, 5],
    ['a case failed, and some were skipped', cases(['fail'], ['skipped']), { requireComplete: true }, 1],
  ])('%s', (_, results, options, exitCode) => {
    expect(decideGate(results, options).exitCode).toBe(exitCode);
  });
});

const anyObserved: fc.Arbitrary<Observed & Gated> = fc
  .record({
    outcome: fc.constantFrom(...outcomes, 'pass' as const),
    level: fc.constantFrom(...levels),
    kind: fc.constantFrom('positive' as const, 'negative' as const),
    cause: fc.constantFrom(...causes),
    severity: fc.constantFrom(...severities),
  })
  .map(({ cause, ...one }) => ({
    ...one,
    id: '',
    cause: one.outcome === 'fail' ? cause : undefined,
    detail: one.outcome === 'skipped' ? 'tls: an https endpoint' : undefined,
  }));
const anyResults = fc
  .array(anyObserved, { minLength: 1, maxLength: 12 })
  .map((all) => all.map((one, index) => ({ ...one, id: `PutObject.a.case-${index}` })));
const anyOptions: fc.Arbitrary<GateOptions> = fc.record(
  { levels: fc.subarray([...levels], { minLength: 1 }), requireComplete: fc.boolean(), failUnder: fc.nat(100) },
  { requiredKeys: [] },
);

function baselineOf(results: readonly Observed[]): Baseline {
  const recorded = results.map((one) => [one.id, expectationFrom(one)] as const);
  const head = { schemaVersion: 1, implementation: {}, suite: '1', sdk: '3', inputMembersSent: {} };
  return { ...head, cases: Object.fromEntries(recorded) };
}

function failed<One extends Observed>(results: readonly One[], at: number): One[] {
  return results.map((one, index) => (index === at ? { ...one, outcome: 'fail', cause: 'ignored' } : one));
}

describe('the gate without a baseline', () => {
  it('never opens because a pass turned into a failure', () => {
    fc.assert(
      fc.property(anyResults, anyOptions, fc.nat(), (results, options, pick) => {
        const passes = results.flatMap(({ outcome }, index) => (outcome === 'pass' ? [index] : []));
        fc.pre(passes.length > 0);
        const before = decideGate(results, options).exitCode;
        const after = decideGate(failed(results, passes[pick % passes.length]!), options).exitCode;
        expect(before !== 0 && after === 0).toBe(false);
      }),
    );
  });

  it('decides alike in any order', () => {
    fc.assert(
      fc.property(anyResults, anyOptions, (results, options) => {
        const { exitCode } = decideGate(results.toReversed(), options);
        expect(exitCode).toBe(decideGate(results, options).exitCode);
      }),
    );
  });

  it('is always open when only a report is wanted', () => {
    fc.assert(
      fc.property(anyResults, anyOptions, (results, options) => {
        expect(decideGate(results, { ...options, reportOnly: true }).exitCode).toBe(0);
      }),
    );
  });
});

describe('the gate of a baseline', () => {
  const strictly = (results: readonly (Observed & Gated)[], baseline: Baseline): number =>
    decideBaselineGate(results, compareWithBaseline(baseline, results), { strict: true }).exitCode;

  it('is open for what the baseline was made from, in any order, however bad that is', () => {
    fc.assert(
      fc.property(anyResults, (results) => {
        fc.pre(results.some(({ outcome }) => outcome !== 'skipped'));
        expect(strictly(results.toReversed(), baselineOf(results))).toBe(0);
      }),
    );
  });

  it('closes for each case that fails otherwise than recorded', () => {
    fc.assert(
      fc.property(anyResults, fc.nat(), (results, pick) => {
        const at = pick % results.length;
        fc.pre(results[at]!.outcome !== 'fail' || results[at]!.cause !== 'ignored');
        expect(strictly(failed(results, at), baselineOf(results))).toBe(1);
      }),
    );
  });

  it('closes with 3 for each recorded case that did not come', () => {
    fc.assert(
      fc.property(anyResults, fc.nat(), (results, pick) => {
        const rest = results.filter((_, index) => index !== pick % results.length);
        expect(exitCodeOfDrifts(compareWithBaseline(baselineOf(results), rest), true)).toBe(3);
      }),
    );
  });

  it('is as strict as it was told about a gap that passes', () => {
    fc.assert(
      fc.property(anyResults, fc.nat(), (results, pick) => {
        const at = pick % results.length;
        const came = results.map((one, index): Observed & Gated =>
          index === at ? { ...one, outcome: 'pass', cause: undefined, detail: undefined } : one,
        );
        const drifts = compareWithBaseline(baselineOf(failed(results, at)), came);
        expect([exitCodeOfDrifts(drifts), exitCodeOfDrifts(drifts, true)]).toEqual([0, 2]);
      }),
    );
  });

  it.each<[GateOptions, number]>([
    [{ requireComplete: true }, 5],
    [{ failUnder: 60 }, 1],
    [{ failUnder: 50 }, 0],
    [{ failUnder: 60, reportOnly: true }, 0],
  ])('also asks what it is told to: %o', (options, exitCode) => {
    const results = cases(['pass'], ['fail'], ['skipped']).map((one) => ({
      ...one,
      kind: 'positive' as const,
      cause: undefined,
      detail: undefined,
    }));
    const drifts = compareWithBaseline(baselineOf(results), results);
    expect(decideBaselineGate(results, drifts, options).exitCode).toBe(exitCode);
  });
});
