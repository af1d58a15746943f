// @needs rclone diff
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { runProgram } from '../run-program.ts';
import { useClientTest } from './client-test.ts';
import { writeOddTree } from './odd-tree.ts';

describe('rclone', () => {
  const current = useClientTest();
  const rclone = async (...args: string[]): Promise<string> => {
    const { gateway, directory } = current();
    return runProgram('rclone', ['--config', join(directory, 'no-rclone-config'), ...args], {
      env: {
        RCLONE_CONFIG_GATEWAY_TYPE: 's3',
        RCLONE_CONFIG_GATEWAY_PROVIDER: 'Other',
        RCLONE_CONFIG_GATEWAY_ENDPOINT: gateway.url,
        RCLONE_CONFIG_GATEWAY_ACCESS_KEY_ID: gateway.endpoint.accessKey,
        RCLONE_CONFIG_GATEWAY_SECRET_ACCESS_KEY: gateway.endpoint.secretKey,
      },
    });
  };

  it('syncs a tree of 1,000 files with odd names there and back', async () => {
    const there = join(current().directory, 'there');
    const back = join(current().directory, 'back');
    await writeOddTree(there, 1000);

    await rclone('mkdir', 'gateway:odd-names');
    await rclone('sync', '--transfers', '8', there, 'gateway:odd-names/tree');
    await rclone('check', there, 'gateway:odd-names/tree');
    await rclone('sync', '--transfers', '8', 'gateway:odd-names/tree', back);

    expect(await runProgram('diff', ['-r', there, back])).toBe('');
  });

  it('sends a large file in parts, copies it on the server, and purges', async () => {
    const directory = join(current().directory, 'large');
    await mkdir(directory);
    await writeFile(join(directory, 'there'), randomBytes(12 * 1024 * 1024 + 5));

    await rclone('mkdir', 'gateway:large-files');
    const inParts = ['--s3-upload-cutoff', '5M', '--s3-chunk-size', '5M'];
    await rclone('copyto', ...inParts, join(directory, 'there'), 'gateway:large-files/sent');
    await rclone('copyto', 'gateway:large-files/sent', 'gateway:large-files/copied');
    await rclone('copyto', 'gateway:large-files/copied', join(directory, 'back'));
    const listed = await rclone('lsf', 'gateway:large-files');
    await rclone('purge', 'gateway:large-files');

    expect(await runProgram('cmp', [join(directory, 'there'), join(directory, 'back')])).toBe('');
    expect(listed).toBe('copied\nsent\n');
    expect(await rclone('lsf', 'gateway:')).not.toContain('large-files');
  });
});
