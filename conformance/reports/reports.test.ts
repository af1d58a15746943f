import { describe, expect, it } from '@jest/globals';
import type { CaseResult } from '../engine/outcome.ts';
import { violations } from '../self-test/json-schema.ts';
import { matrixMarkdown } from './matrix-markdown.ts';
import { summariseOperations } from './operation-summary.ts';
import { resultsJson } from './results-json.ts';
import type { RunRecord } from './run-record.ts';
import { resultsSchema } from './schema/results-schema.ts';
import { readVersions } from './versions.ts';

function result(id: string, extra: Partial<CaseResult> = {}): CaseResult {
  return {
    id,
    title: id.split('.').slice(1).join(' '),
    operation: id.split('.')[0] as CaseResult['operation'],
    feature: 'object-basics',
    level: 'core',
    severity: 'major',
    kind: 'positive',
    outcome: 'pass',
    cause: undefined,
    detail: undefined,
    durationMs: 3,
    inputMembers: ['Bucket', 'Key'].map((name) => `${id.split('.')[0]}.${name}`),
    outputMembers: [`${id.split('.')[0]}.ETag`],
    leftBehind: [],
    ...extra,
  };
}

const refusal = { kind: 'probe', feature: 'do-no-harm' } as const;
const results: CaseResult[] = [
  result('PutObject.a.one'),
  result('PutObject.a.two', {
    inputMembers: ['PutObject.Bucket', 'PutObject.Body', 'PutObject.x', 'HeadObject.Range'],
  }),
  result('PutObject.a.three', { kind: 'negative' }),
  result('GetObject.a.one'),
  result('GetObject.a.two', { outcome: 'fail', cause: 'wrong-body', level: 'extended', title: 'a|b' }),
  result('CopyObject.a.one', { outcome: 'blocked', detail: 'set-up' }),
  result('HeadObject.a.one', { outcome: 'skipped', detail: 'anonymous: allowed' }),
  result('DeleteObject.a.one', { outcome: 'fail', cause: 'state-damaged' }),
  result('PutBucketCors.do-no-harm.clean-refusal', { ...refusal, cause: 'not-implemented' }),
  result('PutBucketCors.do-no-harm.nothing-changed', refusal),
];

const record: RunRecord = {
  versions: { suite: '1.2.3', sdk: '3.0.0', node: '20.0.0' },
  implementation: { project: 'server' },
  endpoint: new URL('http://secret-host:1'),
  region: 'us-east-1',
  profile: 'full',
  filter: undefined,
  startedAt: new Date(0),
  durationMs: 10,
  isInterrupted: false,
  cases: [],
  results,
};

describe('results.json', () => {
  const json = JSON.parse(JSON.stringify(resultsJson(record))) as {
    cases: object[];
    operations: { operation: string }[];
  };

  it('fits its schema', () => {
    expect(violations(json, resultsSchema)).toEqual([]);
  });

  it('has what a reader of other suites looks for', () => {
    expect(json.cases[0]).toMatchObject({ id: 'PutObject.a.one', operation: 'PutObject', feature: 'object-basics' });
    expect(json.cases[4]).toMatchObject({ level: 'extended', outcome: 'fail', cause: 'wrong-body' });
    const put = json.operations.find(({ operation }) => operation === 'PutObject');
    expect(put).toMatchObject({ verdict: 'supported', cases: 3, executed: 3, passed: 3, thin: false });
  });

  it('does not name the endpoint', () => {
    expect(JSON.stringify(json)).not.toContain('secret-host');
  });

  it.each([
    ['a verdict that there is not', { operations: [{ verdict: 'fine' }] }],
    ['a member too many', { extra: 1 }],
    ['a count below zero', { durationMs: -1 }],
  ])('the schema refuses %s', (_, change) => {
    expect(violations({ ...json, ...change }, resultsSchema)).not.toEqual([]);
  });
});

describe('matrix.md', () => {
  it('is the same for the same results in any order, at any time', () => {
    const reversed = { ...record, results: results.toReversed(), startedAt: new Date(1e12), durationMs: 99 };
    const timed = { ...reversed, results: reversed.results.map((one) => ({ ...one, durationMs: 77 })) };
    const sorted = (text: string): string[] => text.split('\n').map((line) => line.split('; ').sort().join('; '));
    expect(sorted(matrixMarkdown(timed))).toEqual(sorted(matrixMarkdown(record)));
    expect(matrixMarkdown(record)).not.toMatch(/\d{4}-\d\d-\d\d|\d\d:\d\d/);
  });

  it.each([
    '| PutObject | supported | 3/3 | 3/',
    '| GetObject | partial (thin) | 1/2 | 2/21 | 1/47 | a\\|b: wrong-body |',
    '| CopyObject | untested | 0/0 (of 1) | 2/47 | 0/11 | a one: blocked by its set-up |',
    '| HeadObject | untested | 0/0 (of 1) | 3/21 | 1/47 | needs anonymous |',
    '| DeleteObject | non-compliant | 0/1 | 2/10 | 0/3 | HARMFUL; a one: state-damaged |',
    '| PutBucketCors | unsupported | 2/2 | 1/5 | 0/0 | refused by name |',
    '| ListParts | untested | 0/0 | 0/10 | 0/16 | no case was run |',
    '| object-basics | non-compliant | 4/6 |',
    '# S3 compatibility: server',
  ])('says %s', (line) => {
    expect(matrixMarkdown(record)).toContain(line);
  });
});

describe('summariseOperations', () => {
  it('counts the members of the SDK alone', () => {
    const put = summariseOperations(results).find(({ operation }) => operation === 'PutObject');
    expect(put).toMatchObject({ input: { reached: 3 }, output: { reached: 1, modelled: 22 } });
  });
});

describe('readVersions', () => {
  it('finds the suite and the SDK', () => {
    expect(readVersions()).toMatchObject({
      suite: expect.stringMatching(/^\d+\.\d+/),
      sdk: expect.stringMatching(/^3\./),
    });
  });
});
