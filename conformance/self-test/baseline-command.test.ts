/** The gate a CI rests on, by its exit codes. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CaseEntry, ResultsDocument } from '../reports/results-document.ts';
import { against, useCommandLine } from './command-line.ts';
import { nullServers } from './null-servers.ts';

const runCli = useCommandLine();
let folder: string;
let results: string;
let baseline: string;
let document: ResultsDocument;

/** Writes results.json with some cases changed or left out. */
async function write(change: (one: CaseEntry) => CaseEntry | undefined, extra: Partial<ResultsDocument> = {}) {
  const cases = document.cases.map(change).filter((one) => one !== undefined);
  await writeFile(results, JSON.stringify({ ...document, ...extra, cases }));
}

const only =
  (id: string, change: Partial<CaseEntry>) =>
  (one: CaseEntry): CaseEntry =>
    one.id === id ? { ...one, ...change } : one;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 's3-conformance-gate-'));
  results = join(folder, 'results.json');
  baseline = join(folder, 'baseline.json');
  const argv = ['--filter', 'ListBuckets,PutBucketCors', '--out', folder, '--report-only', '--no-checks'];
  await against(nullServers['501 NotImplemented'], (options) => runCli('run', ...options, ...argv));
  const written = JSON.parse(await readFile(results, 'utf8')) as ResultsDocument;
  const states: Partial<CaseEntry>[] = [
    { outcome: 'pass', cause: null },
    { outcome: 'fail', cause: 'wrong-code', severity: 'major' },
    { outcome: 'fail', cause: 'ignored', severity: 'critical' },
  ];
  const cases = written.cases.slice(0, 3).map((one, index) => ({ ...one, ...states[index] }));
  document = { ...written, cases, selection: { profile: 'full', filter: null } };
  await write((one) => one);
});

afterEach(() => rm(folder, { recursive: true }));

const update = (...argv: string[]) => runCli('baseline', 'update', baseline, '--from', results, ...argv);
const check = (...argv: string[]) => runCli('baseline', 'check', baseline, '--from', results, ...argv);
const id = (index: number): string => document.cases[index]?.id ?? '';

describe('baseline', () => {
  beforeEach(() => update('--reason', 'not yet', '--allow-critical', '*'));
  it.each<[string, () => Promise<void>, string[], number, string]>([
    ['all is as recorded', () => write((one) => one), [], 0, 'As the baseline says.'],
    ['a case regresses', () => write(only(id(0), { outcome: 'fail', cause: 'ignored' })), [], 1, 'regression'],
    ['a cause changes', () => write(only(id(1), { cause: 'wrong-status' })), [], 1, 'regression'],
    ['a gap passes', () => write(only(id(1), { outcome: 'pass', cause: null })), [], 0, 'warning, stale'],
    ['a gap passes', () => write(only(id(1), { outcome: 'pass', cause: null })), ['--strict'], 2, 'stale'],
    ['a case vanishes', () => write((one) => (one.id === id(1) ? undefined : one)), [], 3, 'vanished'],
    ['it is of another version', () => write((one) => one, { schemaVersion: 9 }), [], 3, 'schema version 1'],
    [
      'it is no results.json',
      () => write((one) => ({ ...one, outcome: 'fine' as never })),
      [],
      3,
      'does not fit the schema',
    ],
    ['it is no JSON', () => writeFile(results, '{'), [], 4, 'cannot be read'],
    ['it is not there', () => rm(results), [], 4, 'cannot be read'],
  ])('check, when %s', async (_, change, argv, code, words) => {
    await change();
    const said = await check('--allow-critical', '*', ...argv);
    expect([said.code, said.text]).toEqual([code, expect.stringContaining(words)]);
  });

  it('check takes a critical failure for a gap only when it is told to', async () => {
    expect(await check()).toMatchObject({ code: 1, text: expect.stringContaining(`--allow-critical ${id(2)}`) });
    expect(await check('--allow-critical', id(2))).toMatchObject({ code: 0 });
    expect(await check('--allow-critical', id(1))).toMatchObject({ code: 1 });
  });
});

describe('baseline update', () => {
  it('leaves critical failures out unless told otherwise, so that they close the gate', async () => {
    expect((await update()).text).toContain(`not recorded, critical (--allow-critical ${id(2)}): ${id(2)}`);
    expect(await readFile(baseline, 'utf8')).not.toContain(id(2));
    expect(await check()).toMatchObject({ code: 1, text: expect.stringContaining(`regression ${id(2)}`) });
  });

  it('keeps reasons, issues and expiry dates of gaps that stay', async () => {
    await update('--reason', 'first');
    const edited = (await readFile(baseline, 'utf8')).replace('"reason":"first"', '"reason":"mine","issue":"#7"');
    await writeFile(baseline, edited);
    await update('--reason', 'second');
    expect(await readFile(baseline, 'utf8')).toBe(edited);
  });

  it('refuses results of a part of the cases', async () => {
    await write((one) => one, { selection: { profile: 'core', filter: null } });
    expect(await update()).toMatchObject({ code: 4, text: expect.stringContaining('nothing is recorded') });
  });
});
