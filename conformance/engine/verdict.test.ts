import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { causes, type CaseKind, type Cause, type Level, type Outcome } from './outcome.ts';
import { judge, judgeCells, type Evidence, type Verdict } from './verdict.ts';

function evidence(outcome: Outcome, extra: Partial<Evidence> = {}): Evidence {
  return { feature: 'object-basics', level: 'core', kind: 'positive', outcome, cause: undefined, ...extra };
}
const pass = (extra: Partial<Evidence> = {}): Evidence => evidence('pass', extra);
const fail = (cause: Cause, extra: Partial<Evidence> = {}): Evidence => evidence('fail', { cause, ...extra });
const negative = { kind: 'negative' } as const;
const probe = { kind: 'probe', feature: 'do-no-harm' } as const;
const refused = pass({ ...probe, cause: 'not-implemented' });

describe('judge', () => {
  it.each<[string, Evidence[], Verdict]>([
    ['nothing at all', [], 'untested'],
    ['all skipped or blocked', [evidence('skipped'), evidence('blocked')], 'untested'],
    ['all pass', [pass(), pass(), pass(negative)], 'supported'],
    ['all negative and passing', [pass(negative), pass(negative)], 'supported'],
    ['one damaged something', [pass(), fail('state-damaged', { level: 'optional' })], 'non-compliant'],
    ['refused, but damaged something', [fail('not-implemented'), fail('state-damaged', negative)], 'non-compliant'],
    ['every positive case refused by name', [fail('not-implemented'), pass(negative)], 'unsupported'],
    ['the probe refused and nothing changed', [refused, pass(probe)], 'unsupported'],
    ['the probe refused, but something changed', [refused, fail('state-damaged', probe)], 'non-compliant'],
    ['a failed probe of any cause', [fail('not-implemented'), fail('wrong-status', probe)], 'non-compliant'],
    ['probes that were answered', [pass(probe), pass(probe)], 'untested'],
    ['a core case fails', [pass(), fail('wrong-code')], 'non-compliant'],
    ['a core effect is ignored', [pass(), fail('ignored')], 'non-compliant'],
    ['an extended case fails', [pass(), fail('wrong-header', { level: 'extended' })], 'partial'],
    ['an optional case fails', [pass(), fail('wrong-header', { level: 'optional' })], 'supported'],
    ['a core feature is refused by name', [pass(), fail('not-implemented', { feature: 'checksum' })], 'partial'],
    ['something was blocked', [pass(), evidence('blocked')], 'partial'],
    ['the suite broke', [pass(), evidence('error')], 'partial'],
    ['something was skipped', [pass(), evidence('skipped')], 'supported'],
    [
      'only optional cases, one fails',
      [pass({ level: 'optional' }), fail('ignored', { level: 'optional' })],
      'partial',
    ],
    ['nothing passes', [fail('wrong-body', { level: 'extended' })], 'non-compliant'],
  ])('%s', (_, found, verdict) => {
    expect(judge(found).verdict).toBe(verdict);
  });

  it('counts, and says when that is thin', () => {
    const found = [pass(), fail('wrong-code'), evidence('blocked'), evidence('skipped')];
    expect(judge(found)).toMatchObject({ cases: 4, executed: 2, passed: 1, isThin: true, isHarmful: false });
    expect(judge([pass(), pass(), pass()]).isThin).toBe(false);
    expect(judge([fail('state-damaged')]).isHarmful).toBe(true);
  });

  it('judges each feature by itself', () => {
    const found = [pass(), fail('not-implemented', { feature: 'checksum' })];
    expect(judgeCells(found).map(({ feature, verdict }) => [feature, verdict])).toEqual([
      ['checksum', 'unsupported'],
      ['object-basics', 'supported'],
    ]);
  });
});

const anyEvidence: fc.Arbitrary<Evidence> = fc
  .record({
    outcome: fc.constantFrom<Outcome>('pass', 'pass', 'fail', 'blocked', 'skipped', 'error'),
    cause: fc.constantFrom(...causes),
    level: fc.constantFrom<Level>('core', 'extended', 'optional'),
    kind: fc.constantFrom<CaseKind>('positive', 'negative', 'probe'),
    feature: fc.constantFrom('object-basics', 'checksum', 'do-no-harm'),
    isRefused: fc.boolean(),
  })
  .map(({ outcome, cause, level, kind, feature, isRefused }) => {
    const causeOfPass = kind === 'probe' && isRefused ? 'not-implemented' : undefined;
    return {
      level,
      kind,
      feature,
      outcome,
      cause: outcome === 'fail' ? cause : outcome === 'pass' ? causeOfPass : undefined,
    };
  });

/** Unsupported and non-compliant are equally far from working; untested says nothing and beats neither of the good ones. */
const rank: Record<Verdict, number> = { supported: 4, partial: 3, untested: 2, unsupported: 1, 'non-compliant': 1 };

describe('judge, for any results', () => {
  it('does not depend on their order', () => {
    fc.assert(
      fc.property(fc.array(anyEvidence, { maxLength: 12 }), fc.nat(), (found, by) => {
        const at = found.length === 0 ? 0 : by % found.length;
        const turned = [...found.slice(at), ...found.slice(0, at)].reverse();
        expect(judge(turned)).toEqual(judge(found));
      }),
      { numRuns: 2_000 },
    );
  });

  it('never improves when a pass becomes a fail', () => {
    fc.assert(
      fc.property(
        fc.array(anyEvidence, { minLength: 1, maxLength: 10 }),
        fc.nat(),
        fc.constantFrom(...causes),
        (found, pick, cause) => {
          const passes = found.flatMap((one, index) => (one.outcome === 'pass' ? [index] : []));
          const chosen = passes[pick % Math.max(passes.length, 1)];
          fc.pre(chosen !== undefined);
          const worse = found.map((one, index) =>
            index === chosen ? { ...one, outcome: 'fail' as const, cause } : one,
          );
          expect(rank[judge(worse).verdict]).toBeLessThanOrEqual(rank[judge(found).verdict]);
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it('is never supported when a core case failed or something was damaged', () => {
    fc.assert(
      fc.property(fc.array(anyEvidence, { maxLength: 12 }), (found) => {
        const isBad = found.some(
          ({ outcome, level, cause }) => outcome === 'fail' && (level === 'core' || cause === 'state-damaged'),
        );
        fc.pre(isBad);
        expect(judge(found).verdict).not.toBe('supported');
      }),
      { numRuns: 2_000 },
    );
  });
});
