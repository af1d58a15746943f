import { describe, expect, it } from '@jest/globals';
import { completeCase, type ConformanceCase } from './define-case.ts';
import { decideGate } from './gate.ts';
import type { CaseResult, Outcome } from './outcome.ts';
import { casesOfProfile, filterCases, profileNames } from './profiles.ts';

function conformanceCase(id: string, extra: Partial<ConformanceCase> = {}): ConformanceCase {
  return {
    ...completeCase({
      id,
      operation: id.split('.')[0] as ConformanceCase['operation'],
      feature: 'object-basics',
      level: 'core',
      severity: 'critical',
      reference: 'https://docs.aws.amazon.com/',
      run: () => Promise.resolve(),
    }),
    ...extra,
  };
}

const cases = [
  conformanceCase('PutObject.a.one'),
  conformanceCase('PutObject.a.two', { level: 'extended' }),
  conformanceCase('GetObject.a.one', { clients: ['s3a'], feature: 'range' }),
  conformanceCase('GetObject.a.two', { level: 'optional' }),
  conformanceCase('GetObject.a.three', { severity: 'minor' }),
];
const idsOf = (selected: readonly ConformanceCase[]): string[] => selected.map(({ id }) => id);

describe('profiles', () => {
  it.each([
    ['core', ['PutObject.a.one', 'GetObject.a.one', 'GetObject.a.three']],
    ['extended', ['PutObject.a.one', 'PutObject.a.two', 'GetObject.a.one', 'GetObject.a.three']],
    ['full', idsOf(cases)],
    ['smoke', ['PutObject.a.one', 'GetObject.a.one']],
    ['s3a', ['GetObject.a.one']],
  ])('%s', (profile, ids) => {
    expect(idsOf(casesOfProfile(cases, profile))).toEqual(ids);
  });

  it('names what there is when one does not exist', () => {
    expect(profileNames(cases)).toEqual(['core', 'extended', 'full', 'smoke', 's3a']);
    expect(() => casesOfProfile(cases, 'none')).toThrow('no profile "none"; there are: core');
  });

  it.each([
    ['PutObject', ['PutObject.a.one', 'PutObject.a.two']],
    ['putobject.*.one', ['PutObject.a.one']],
    ['range, optional', ['GetObject.a.one', 'GetObject.a.two']],
    ['Put?bject.a.two', ['PutObject.a.two']],
    ['PutObject.a', []],
  ])('filter %s', (filter, ids) => {
    expect(idsOf(filterCases(cases, filter))).toEqual(ids);
  });

  it('titles a case after its id', () => {
    expect(conformanceCase('PutObject.if-none-match.existing-key').title).toBe('if none match, existing key');
  });
});

function results(...outcomes: (Outcome | [Outcome, 'extended'])[]): CaseResult[] {
  return outcomes.map((one, index) => {
    const [outcome, level] = typeof one === 'string' ? [one, 'core' as const] : one;
    const base = {
      feature: 'object-basics',
      severity: 'major',
      kind: 'positive',
      title: '',
      operation: 'PutObject',
    } as const;
    const rest = {
      cause: undefined,
      detail: undefined,
      durationMs: 0,
      inputMembers: [],
      outputMembers: [],
      leftBehind: [],
    };
    return { ...base, ...rest, id: `PutObject.a.${index}`, outcome, level };
  });
}

describe('decideGate', () => {
  it.each<[string, CaseResult[], Parameters<typeof decideGate>[1], number]>([
    ['all core cases pass', results('pass', ['fail', 'extended']), {}, 0],
    ['a core case fails', results('pass', 'fail'), {}, 1],
    ['an extended case fails and counts', results('pass', ['fail', 'extended']), { levels: ['core', 'extended'] }, 1],
    ['a core case is blocked', results('pass', 'blocked'), {}, 1],
    ['a core case is skipped', results('pass', 'skipped'), {}, 0],
    ['a core case is skipped and must not be', results('pass', 'skipped'), { requireComplete: true }, 5],
    ['the suite broke', results('pass', 'error'), {}, 4],
    ['nothing was run', [], {}, 3],
    ['only a report is wanted', results('fail'), { reportOnly: true }, 0],
  ])('%s', (_, found, options, exitCode) => {
    expect(decideGate(found, options).exitCode).toBe(exitCode);
  });
});
