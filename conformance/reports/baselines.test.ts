import { describe, expect, it } from '@jest/globals';
import { gapsOf, type Baseline } from '../engine/baseline.ts';
import { completeCase } from '../engine/define-case.ts';
import { formatBaseline, parseBaseline } from './baseline-json.ts';
import { comparisonMarkdown } from './comparison-markdown.ts';
import { baselineFrom, isWholeRun, parseResults, type RecordedResults } from './recorded-results.ts';

const cases = ['one', 'two', 'three', 'four'].map((name) =>
  completeCase({
    id: `PutObject.a.${name}`,
    operation: 'PutObject',
    feature: 'object-basics',
    level: 'core',
    severity: 'critical',
    reference: 'https://docs.aws.amazon.com/',
    run: () => Promise.resolve(),
  }),
);

const recorded: RecordedResults = {
  schemaVersion: 1,
  suite: { version: '1.2.3' },
  sdk: { version: '3.4.5' },
  implementation: { project: 'server' },
  selection: { profile: 'full', filter: null },
  interrupted: false,
  operations: [
    { operation: 'PutObject', inputMembers: { sent: 7 }, outputMembers: { asserted: 2 } },
    { operation: 'GetObject', inputMembers: { sent: 0 }, outputMembers: { asserted: 0 } },
  ],
  cases: [
    { id: 'PutObject.a.two', outcome: 'fail', cause: 'ignored', kind: 'negative', detail: 'got 200' },
    { id: 'PutObject.a.one', outcome: 'pass', cause: null, kind: 'positive', detail: null },
    { id: 'PutObject.a.three', outcome: 'skipped', cause: null, kind: 'positive', detail: 'tls: an https endpoint' },
    { id: 'PutObject.a.four', outcome: 'pass', cause: null, kind: 'positive', detail: null },
    {
      id: 'GetBucketCors.do-no-harm.clean-refusal',
      outcome: 'pass',
      cause: 'not-implemented',
      kind: 'probe',
      detail: null,
    },
  ],
};
const made = baselineFrom(recorded);
const explained = baselineFrom(recorded, undefined, 'not yet | ever');

describe('baselineFrom', () => {
  it('records the cases by id, and what the matrix needs', () => {
    expect(Object.keys(made.cases)).toEqual(recorded.cases.map(({ id }) => id).sort());
    expect(made).toMatchObject({
      suite: '1.2.3',
      sdk: '3.4.5',
      inputMembersSent: { PutObject: 7 },
      outputMembersAsserted: { PutObject: 2 },
    });
    expect(gapsOf(made)).toEqual([['PutObject.a.two', { outcome: 'fail', cause: 'ignored', kind: 'negative' }]]);
  });

  it('gives the reason to gaps alone, and keeps the one that a gap has', () => {
    expect(Object.values(explained.cases).filter(({ reason }) => reason !== undefined)).toHaveLength(1);
    expect(baselineFrom(recorded, explained, 'another')).toEqual(explained);
  });

  it('forgets a reason with its gap', () => {
    const closed = { ...recorded, cases: recorded.cases.map((one) => ({ ...one, outcome: 'pass' as const })) };
    expect(gapsOf(baselineFrom(closed, explained))).toEqual([]);
    expect(JSON.stringify(baselineFrom(closed, explained))).not.toContain('not yet');
  });
});

describe('the file', () => {
  it('has a line for each case, and is read back', () => {
    const text = formatBaseline(explained);
    expect(parseBaseline(text)).toEqual(explained);
    expect(text.split('\n').filter((line) => line.includes('.a.'))).toHaveLength(4);
  });

  it('of another version is refused', () => {
    expect(() => parseBaseline('{"schemaVersion":0,"cases":{}}')).toThrow('no baseline of schema version 1');
    expect(() => parseResults('{"schemaVersion":1}')).toThrow('no results.json of schema version 1');
  });
});

it.each([
  [{}, true],
  [{ interrupted: true }, false],
  [{ selection: { profile: 'core', filter: null } }, false],
  [{ selection: { profile: 'full', filter: 'PutObject' } }, false],
])('a run with %o is whole: %s', (extra, isWhole) => {
  expect(isWholeRun({ ...recorded, ...extra })).toBe(isWhole);
});

describe('comparisonMarkdown', () => {
  const compare = (second: Baseline): string =>
    comparisonMarkdown(
      [
        { name: 'first', baseline: explained },
        { name: 'second', baseline: second },
      ],
      cases,
    );

  it.each([
    '|  | first | second |',
    '| suite, SDK | 1.2.3, 3.4.5 | 1.2.3, 3.4.5 |',
    '| not run, for want of | 1 tls | 1 tls |',
    '| PutObject | non-compliant 2/3 | non-compliant 2/3 | 7/49 | 2/22 |',
    '| GetBucketCors | unsupported 1/1 | unsupported 1/1 |',
    '| GetObject | untested | untested | 0/',
    '| object-basics | non-compliant 2/3 | non-compliant 2/3 |',
    '| do-no-harm | 1/1 | 1/1 |',
    // Ours, with their reasons one by one; another's by operation.
    '| PutObject.a.two | a, two | ignored | not yet \\| ever |',
    '| PutObject | a, two: ignored |',
  ])('says %s', (line) => {
    expect(compare(made)).toContain(line);
  });

  it('leaves out what no longer exists', () => {
    const cases = { ...made.cases, 'PutObject.was.here': { outcome: 'pass', kind: 'positive' } as const };
    expect(compare({ ...made, cases })).toBe(compare(made));
  });
});
