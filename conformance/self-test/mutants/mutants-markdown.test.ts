import { describe, expect, it } from '@jest/globals';
import { completeCase, type ConformanceCase } from '../../engine/define-case.ts';
import type { CaseResult } from '../../engine/outcome.ts';
import { allMutants } from './all-mutants.ts';
import { coverageOf } from './coverage.ts';
import { mutantsMarkdown } from './mutants-markdown.ts';

function caseOf(name: string, level: 'core' | 'extended' = 'core'): ConformanceCase {
  return completeCase({
    id: `PutObject.a.${name}`,
    operation: 'PutObject',
    feature: 'object-basics',
    level,
    severity: 'minor',
    reference: 'https://docs.aws.amazon.com/',
    run: () => Promise.resolve(),
  });
}

const [first, second] = allMutants;
if (first === undefined || second === undefined) throw new Error('there are no mutants');
const reports = [
  { mutant: first, caught: [first.caughtBy, 'PutObject.a.killed'], isNamed: true },
  { mutant: second, caught: [], isNamed: false },
];
const failedOnNull = { id: 'PutObject.a.null', outcome: 'fail' } as CaseResult;
const blockedOnNull = { id: 'PutObject.a.never', outcome: 'blocked' } as CaseResult;
const cases = [caseOf('killed'), caseOf('null'), caseOf('never'), caseOf('not-core', 'extended')];
const coverage = coverageOf(cases, reports, [failedOnNull, blockedOnNull]);

describe('coverageOf', () => {
  it('counts core cases by what they fail on; to be blocked is not to fail', () => {
    expect(coverage).toEqual({
      core: 3,
      onNullServersAlone: ['PutObject.a.null'],
      never: ['PutObject.a.never'],
    });
  });
});

describe('mutantsMarkdown', () => {
  it.each([
    '2 mutants, 1 of them caught by the case that names the defect, 1 survivors.',
    `- \`${second.name}\``,
    `| ${first.name} | ${first.defect} | \`${first.caughtBy}\` +1 |`,
    `| ${second.name} | ${second.defect} | not by \`${second.caughtBy}\` |`,
    'Of 3 core cases 1 fail on a mutant, 1 on nothing but a server that implements nothing, and 1 were never seen to fail.',
    '- `PutObject.a.never`',
  ])('says %s', (line) => {
    expect(mutantsMarkdown(reports, coverage).split('\n')).toContain(line);
  });
});
