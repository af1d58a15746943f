// @needs s3cmd diff
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeAll, describe, expect, it } from '@jest/globals';

import { runProgram } from '../run-program.ts';
import { useClientTest } from './client-test.ts';
import { writeOddTree } from './odd-tree.ts';

describe('s3cmd', () => {
  const current = useClientTest();
  const config = (): string => join(current().directory, 's3cfg');
  const s3cmd = async (...args: string[]): Promise<string> =>
    runProgram('s3cmd', ['--config', config(), '--no-progress', ...args]);

  beforeAll(async () => {
    const { host, port, accessKey, secretKey } = current().gateway.endpoint;
    const settings = {
      access_key: accessKey,
      secret_key: secretKey,
      host_base: `${host}:${port}`,
      host_bucket: `${host}:${port}`,
      use_https: 'False',
    };
    const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}\n`);
    await writeFile(config(), `[default]\n${lines.join('')}`);
  });

  it('syncs a tree of 1,000 files with odd names there and back', async () => {
    const there = join(current().directory, 'there');
    const back = join(current().directory, 'back');
    await writeOddTree(there, 1000);
    await mkdir(back);

    await s3cmd('mb', 's3://odd-names');
    await s3cmd('sync', '--quiet', `${there}/`, 's3://odd-names/tree/');
    await s3cmd('sync', '--quiet', 's3://odd-names/tree/', `${back}/`);

    expect(await runProgram('diff', ['-r', there, back])).toBe('');
  });

  it('sends a large file in parts, copies it, lists it and removes the bucket', async () => {
    const directory = join(current().directory, 'large');
    await mkdir(directory);
    await writeFile(join(directory, 'there'), randomBytes(12 * 1024 * 1024 + 5));

    await s3cmd('mb', 's3://large-files');
    await s3cmd('put', '--quiet', '--multipart-chunk-size-mb=5', join(directory, 'there'), 's3://large-files/sent');
    await s3cmd('cp', 's3://large-files/sent', 's3://large-files/copied');
    await s3cmd('get', '--quiet', 's3://large-files/copied', join(directory, 'back'));
    const info = await s3cmd('info', 's3://large-files/sent');
    await s3cmd('rb', '--recursive', '--force', 's3://large-files');

    expect(await runProgram('cmp', [join(directory, 'there'), join(directory, 'back')])).toBe('');
    expect(info).toMatch(/File size: +12582917/);
    expect(await s3cmd('ls')).not.toContain('large-files');
  });
});
