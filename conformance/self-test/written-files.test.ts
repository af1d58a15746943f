/** All that a run writes, from one run on a server that gets much wrong. */
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ResultsDocument } from '../reports/results-document.ts';
import { resultsSchema } from '../reports/schema/results-schema.ts';
import { violations } from '../reports/schema/violations.ts';
import { parseTranscripts } from '../reports/transcripts-ndjson.ts';
import { connection, useCommandLine } from './command-line.ts';
import { FakeS3 } from './fake-s3.ts';
import { startServer, type RunningServer } from './null-servers.ts';

const runCli = useCommandLine();
const fake = new FakeS3();
let server: RunningServer;
let out: string;

beforeAll(async () => {
  server = await startServer(fake.listener);
  out = await mkdtemp(join(tmpdir(), 's3-conformance-written-'));
});
afterAll(async () => {
  await server.close();
  await rm(out, { recursive: true });
});

const written = (name: string): Promise<string> => readFile(join(out, name), 'utf8');

describe('run --out', () => {
  it('writes every report', async () => {
    const second = ['--second-access-key', 'second-access-key', '--second-secret-key', 'second-secret-key'];
    const filter = 'PutObject.key.*,GetObject.sigv4.*,ListParts.*,*.presigned.*,GetObjectAcl.*,*ObjectTagging.*';
    const argv = [...connection(server.endpoint), ...second, '--filter', filter, '--out', out, '--report-only'];
    const { code, text } = await runCli('run', ...argv);
    expect(code).toBe(0);
    expect(text).toContain(`Written: ${join(out, 'report.html')}, and `);
    expect((await readdir(out)).sort()).toEqual([
      'badge.json',
      'badge.svg',
      'junit.xml',
      'matrix.md',
      'report.html',
      'results.json',
      'transcripts.ndjson',
    ]);
    expect([...fake.buckets.keys()]).toEqual([]);
  }, 60_000);

  it('tells in none of them a key, a signature or where the server is', async () => {
    const { host } = server.endpoint;
    const secrets = [
      host,
      '127.0.0.1',
      'first-access-key',
      'first-secret-key',
      'second-access-key',
      'second-secret-key',
    ];
    for (const name of await readdir(out)) {
      const text = await written(name);
      expect([name, secrets.filter((secret) => text.includes(secret))]).toEqual([name, []]);
      expect([name, /Signature=[0-9a-f]{64}/i.exec(text)]).toEqual([name, null]);
    }
  });

  it('has results that fit their schema, and a transcript of each case that did not pass', async () => {
    const document = JSON.parse(await written('results.json')) as ResultsDocument;
    expect(violations(document, resultsSchema)).toEqual([]);
    const told = parseTranscripts(await written('transcripts.ndjson'));
    const failed = document.cases.filter(({ outcome }) => ['fail', 'blocked', 'error'].includes(outcome));
    expect(failed.length).toBeGreaterThan(20);
    expect(told.map(({ id }) => id)).toEqual(failed.map(({ id }) => id).sort());
    const subjects = told.filter(({ exchanges }) => exchanges.some(({ role }) => role === 'subject'));
    expect(subjects.length).toBeGreaterThan(20);
  });

  it('comes to the same files by report', async () => {
    const again = join(out, 'again');
    const { code } = await runCli('report', join(out, 'results.json'), '--out', again);
    expect(code).toBe(0);
    for (const name of await readdir(again)) {
      expect([name, (await written(join('again', name))) === (await written(name))]).toEqual([name, true]);
    }
  });

  it('differs from itself in nothing, by diff', async () => {
    const path = join(out, 'results.json');
    expect(await runCli('diff', path, path)).toMatchObject({
      code: 0,
      text: expect.stringContaining('Nothing differs.'),
    });
    const json = (await runCli('diff', path, path, '--json')).out;
    expect(Object.values(JSON.parse(json) as object)).toEqual([[], [], [], [], [], [], []]);
  });
});
