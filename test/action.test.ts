/** What the GitHub Action does on a runner, apart from installing. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startServer } from '../conformance/self-test/null-servers.ts';
import { FakeS3 } from '../conformance/self-test/fake-s3.ts';

const repository = dirname(import.meta.dirname);
const read = (path: string): Promise<string> => readFile(path, 'utf8');
let folder: string;
let endpoint: string;
let stop: () => Promise<void>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 's3-action-'));
  const server = await startServer(new FakeS3().listener);
  endpoint = server.endpoint.href;
  stop = () => server.close();
});
afterEach(async () => {
  await stop();
  await rm(folder, { recursive: true });
});

/** As the step `run` of action.yml starts it. */
async function runStep(inputs: Readonly<Record<string, string>>): Promise<number | null> {
  const env = {
    ...process.env,
    SUITE: join(repository, 'conformance/bin/s3-conformance.js'),
    CONFORMANCE_ENDPOINT: endpoint,
    CONFORMANCE_ACCESS_KEY: 'access-key',
    CONFORMANCE_SECRET_KEY: 'secret-key',
    CONFORMANCE_SECOND_ACCESS_KEY: '',
    CONFORMANCE_REGION: '',
    INPUT_OUT: join(folder, 'out'),
    INPUT_FILTER: 'PutObject.key.plus,PutObject.key.space',
    GITHUB_STEP_SUMMARY: join(folder, 'summary'),
    GITHUB_OUTPUT: join(folder, 'output'),
    ...inputs,
  };
  const child = spawn('bash', [join(repository, 'action/run.sh')], { env, stdio: 'ignore' });
  return new Promise((resolve) => child.on('close', (code) => resolve(code)));
}

describe('the step that runs the suite', () => {
  it('ends with the exit code of the gate, and publishes the summary and the outputs', async () => {
    expect(await runStep({ INPUT_PROJECT: 'A server' })).toBe(0);
    expect(await read(join(folder, 'output'))).toBe(`exit-code=0\nresults=${folder}/out/results.json\n`);
    const summary = await read(join(folder, 'summary'));
    expect(summary).toContain('Gate: open.');
    expect(summary).toContain('# S3 compatibility: A server');
  }, 30_000);

  it('passes on what it is given, and does not read it as a script', async () => {
    const inputs = { INPUT_ARGS: '--fail-under 0 --concurrency 2', INPUT_PROJECT: '$(touch x); `id`' };
    expect(await runStep({ ...inputs, INPUT_FILTER: 'GetObjectAcl.*' })).toBe(0);
    expect(await read(join(folder, 'out/matrix.md'))).toContain('# S3 compatibility: $(touch x); `id`');
  }, 30_000);

  it('fails for an endpoint that cannot be used', async () => {
    expect(await runStep({ CONFORMANCE_ENDPOINT: 'http://127.0.0.1:1' })).toBe(4);
    expect(await read(join(folder, 'output'))).toContain('exit-code=4');
  }, 30_000);

  it('tells what changed since an earlier run', async () => {
    await runStep({ INPUT_OUT: join(folder, 'earlier') });
    await runStep({ INPUT_PREVIOUS: join(folder, 'earlier/results.json') });
    expect(await read(join(folder, 'summary'))).toContain('Nothing differs.');
    expect(await read(join(folder, 'out/diff.md'))).toContain('## S3 conformance');
  }, 30_000);
});

describe('action.yml', () => {
  it('uses every input it has, and has every input it uses', async () => {
    const text = await read(join(repository, 'action.yml'));
    const [head = '', steps = ''] = text.split('\nruns:');
    const inputs = head.split('\noutputs:')[0]?.matchAll(/^ {2}([a-z-]+):$/gm) ?? [];
    const used = new Set([...steps.matchAll(/inputs\.([a-z-]+)/g)].map(([, name]) => name));
    expect([...used].sort()).toEqual([...inputs].map(([, name]) => name).sort());
  });

  it('sets no variable that the step does not read', async () => {
    const text = await read(join(repository, 'action.yml'));
    const script = await read(join(repository, 'action/run.sh'));
    const names = [...text.matchAll(/^ {8}(INPUT_[A-Z_]+):/gm)].map(([, name]) => name ?? '');
    expect(names.length).toBeGreaterThan(8);
    expect(names.filter((name) => !script.includes(name))).toEqual([]);
  });
});
