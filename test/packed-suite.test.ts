// @needs npm
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startServer } from '../bench/server-process.ts';
import { runProgram } from './run-program.ts';

const repository = dirname(import.meta.dirname);
/** Another S3 server, from the registry too: what is packed must not need this repository's. */
const foreign = { package: 's3rver@3.7.1', program: 'node_modules/.bin/s3rver', key: 'S3RVER' };
/** Without multipart uploads: some requests of those end the server. */
const filter = 'PutObject.round-trip.*,HeadObject.*,GetObject.range.*,ListObjectsV2.listing*';

interface Results {
  readonly cases: readonly Record<string, unknown>[];
  readonly operations: readonly Record<string, unknown>[];
}

async function pinnedSdk(): Promise<string> {
  const manifest = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  return manifest.devDependencies['@aws-sdk/client-s3'] ?? 'latest';
}

describe('the packed suite, in an empty folder', () => {
  let folder: string;
  const suite = async (...args: string[]): Promise<string> =>
    runProgram('npx', ['--no', '--', 's3-conformance', ...args], { directory: folder });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ozone-s3g-packed-'));
    const pack = [join(repository, 'scripts/pack-conformance.mjs'), folder];
    const [, tarball = ''] = /^(.+\.tgz) /.exec(await runProgram(process.execPath, pack)) ?? [];
    await writeFile(join(folder, 'package.json'), '{}');
    // The newest SDK may want a newer Node than this one.
    const packages = [tarball, `@aws-sdk/client-s3@${await pinnedSdk()}`, foreign.package];
    await runProgram('npm', ['install', '--no-audit', '--no-fund', ...packages], { directory: folder });
  }, 180_000);

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('lists its cases', async () => {
    const { cases } = JSON.parse(await suite('list', '--json')) as Results;

    expect(cases.length).toBeGreaterThan(150);
    expect(cases[0]).toMatchObject({
      id: expect.any(String),
      operation: expect.any(String),
      level: expect.any(String),
    });
  }, 30_000);

  it('runs against a foreign server and writes matrix.md and results.json', async () => {
    const args = ['--directory', join(folder, 'data'), '--address', '127.0.0.1', '--port', '0'];
    const server = startServer(join(folder, foreign.program), args, {});
    const [, port = ''] = await server.printed(/listening on \S+:(\d+)/);
    const endpoint = [
      '--endpoint',
      `http://127.0.0.1:${port}`,
      '--access-key',
      foreign.key,
      '--secret-key',
      foreign.key,
    ];
    await suite('run', ...endpoint, '--filter', filter, '--retries', '0', '--out', 'results', '--report-only');
    await server.stop();

    const results = JSON.parse(await readFile(join(folder, 'results/results.json'), 'utf8')) as Results;
    expect(results.cases.length).toBeGreaterThan(20);
    for (const one of results.cases) {
      expect(Object.keys(one)).toEqual(
        expect.arrayContaining(['id', 'operation', 'feature', 'level', 'outcome', 'cause']),
      );
    }
    for (const one of results.operations) {
      expect(Object.keys(one)).toEqual(expect.arrayContaining(['operation', 'verdict', 'cases', 'executed', 'passed']));
      expect(one['verdict']).toMatch(/^(supported|partial|non-compliant|unsupported|untested)$/);
    }
    expect(results.cases.filter(({ outcome }) => outcome === 'pass').length).toBeGreaterThan(10);
    expect(await readFile(join(folder, 'results/matrix.md'), 'utf8')).toContain('PutObject');
  }, 120_000);
});
