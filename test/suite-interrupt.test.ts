/** Ctrl-C in a run of the conformance suite: it stops, cleans up, and writes the reports of what ran. */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { FakeS3 } from '../conformance/self-test/fake-s3.ts';

const suite = join(import.meta.dirname, '../conformance/bin/s3-conformance.js');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 's3-interrupt-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs the suite on a small server, and sends it the signal in the middle; `again`: nothing is answered from then on. */
async function interrupted(signal: NodeJS.Signals, again = false) {
  const middle = 200;
  const fake: FakeS3 = new FakeS3(() => again && fake.requests.length >= middle);
  const server = createServer((request, response) => {
    fake.listener(request, response);
    if (fake.requests.length === middle) child.kill(signal);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keys = ['--access-key', 'access-key', '--secret-key', 'secret-key'];
  const args = [suite, 'run', '--endpoint', endpoint, ...keys, '--out', folder, '--concurrency', '4'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      if (again && piece.includes('Stopping')) child.kill(signal);
    });
  }
  const end = await new Promise<{ code: number | null; endedBy: NodeJS.Signals | null }>((resolve) => {
    child.on('close', (code, endedBy) => resolve({ code, endedBy }));
  });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return { ...end, text, fake };
}

it.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends a run with reports, and leaves nothing',
  async (signal) => {
    const { code, text, fake } = await interrupted(signal);
    expect(text).toContain('Stopping: the cases that run are finished and cleaned up.');
    expect(text).toContain('Gate: not decided, the run was interrupted.');
    expect(code).toBe(130);
    expect([...fake.buckets.keys()]).toEqual([]);
    expect(await readdir(folder)).toEqual(
      expect.arrayContaining(['junit.xml', 'matrix.md', 'report.html', 'results.json', 'transcripts.ndjson']),
    );
    const { interrupted: isInterrupted, cases } = JSON.parse(await readFile(join(folder, 'results.json'), 'utf8')) as {
      interrupted: boolean;
      cases: unknown[];
    };
    expect(isInterrupted).toBe(true);
    expect(cases.length).toBeGreaterThan(0);
    expect(cases.length).toBeLessThan(200);
  },
  60_000,
);

it('a second Ctrl-C ends it at once', async () => {
  expect((await interrupted('SIGINT', true)).endedBy).toBe('SIGINT');
}, 60_000);
