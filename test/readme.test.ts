import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { runProgram } from './run-program.ts';

const repository = dirname(import.meta.dirname);

describe('README', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ozone-s3g-readme-'));
    await mkdir(join(folder, 'node_modules'));
    // Else a package.json above, in the temporary directory, might say what package this is.
    await writeFile(join(folder, 'package.json'), '{}');
    await symlink(repository, join(folder, 'node_modules/ozone-s3g'));
    await symlink(join(repository, 'node_modules/@aws-sdk'), join(folder, 'node_modules/@aws-sdk'));
  });

  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it('has a library example that runs as it stands', async () => {
    const readme = await readFile(join(repository, 'README.md'), 'utf8');
    const [, example = ''] = /```ts\n(.*?)```/s.exec(readme) ?? [];
    await writeFile(join(folder, 'example.mjs'), example);

    const printed = await runProgram(process.execPath, ['example.mjs'], { directory: folder });

    expect(printed).toBe("[ 'first' ]\n");
  }, 30_000);

  it('names only scripts that exist', async () => {
    const manifest = await readFile(join(repository, 'package.json'), 'utf8');
    const { scripts } = JSON.parse(manifest) as { scripts: Record<string, string> };
    const pages = ['README.md', 'CONTRIBUTING.md', 'docs/adding-an-operation.md', 'docs/adr/0003-esm-and-jest.md'];
    const texts = await Promise.all(pages.map(async (page) => readFile(join(repository, page), 'utf8')));
    const named = texts.flatMap((text) => [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name ?? ''));
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
