/** Servers that lack much, or fail in the middle: a run ends, says so, and cleans up what it can. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Patience } from '../engine/patience.ts';
import type { ResultsDocument } from '../reports/results-document.ts';
import { against, useCommandLine, type Said } from './command-line.ts';
import { FakeS3, refusing, type Fault } from './fake-s3.ts';

const runCli = useCommandLine();
let out: string;

beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 's3-conformance-lacking-'));
});
afterEach(() => rm(out, { recursive: true }));

async function runOn(fake: FakeS3, ...argv: string[]): Promise<{ said: Said; document: ResultsDocument }> {
  const said = await against(fake.listener, (options) => runCli('run', ...options, '--out', out, ...argv));
  return { said, document: JSON.parse(await readFile(join(out, 'results.json'), 'utf8')) as ResultsDocument };
}

/** Requests on a bucket as such, by the query that tells them apart. */
const without = (method: string, ...queries: string[]): Fault =>
  refusing(501, 'NotImplemented', ({ method: asked, bucket, key, query }) => {
    const isMeant = asked === method && bucket !== '' && key === '';
    return isMeant && (queries.length === 0 || queries.some((name) => query.has(name)));
  });

describe('a server', () => {
  it.each<[string, Fault]>([
    ['without DeleteObjects', without('POST', 'delete')],
    ['without any listing', without('GET')],
    ['without a list of buckets', refusing(501, 'NotImplemented', ({ bucket }) => bucket === '')],
  ])('%s is run on, and nothing stays behind', async (_, fault) => {
    const fake = new FakeS3(fault);
    const { said, document } = await runOn(fake, '--filter', 'PutObject.round-trip.*,DeleteObjects.*', '--report-only');
    expect(said.code).toBe(0);
    expect(document.cases.some(({ outcome }) => outcome === 'pass')).toBe(true);
    expect([...fake.buckets.keys(), ...document.leftBehind]).toEqual([]);
  });

  it('that stops answering ends the run, which reports what ran', async () => {
    let answered = 0;
    const fake = new FakeS3((_, response) => {
      answered += 1;
      if (answered > 60) response.socket?.destroy();
      return answered > 60;
    });
    const { said, document } = await runOn(fake);
    expect(said).toMatchObject({ code: 4, text: expect.stringContaining('has stopped answering. Next: ') });
    expect(document.interrupted).toBe(true);
    expect(document.cases.length).toBeGreaterThan(20);
    expect(document.cases.length).toBeLessThan(200);
  }, 60_000);
});

describe('Patience', () => {
  const silence = { outcome: 'fail', cause: 'timeout' } as const;
  const answer = { outcome: 'fail', cause: 'wrong-code' } as const;
  const skipped = { outcome: 'skipped', cause: undefined } as const;
  it.each([
    ['is lost at so many in a row', [silence, silence, silence], [false, false, true]],
    ['comes back with an answer', [silence, silence, answer, silence], [false, false, false, false]],
    ['does not count what was not sent', [silence, skipped, silence, silence], [false, false, false, true]],
  ])('%s', (_, results, expected) => {
    const patience = new Patience(3);
    expect(results.map((result) => patience.isLost(result))).toEqual(expected);
  });
});
