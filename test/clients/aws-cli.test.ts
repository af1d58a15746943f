// @needs aws diff
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { runProgram } from '../run-program.ts';
import { useClientTest } from './client-test.ts';
import { writeOddTree } from './odd-tree.ts';

describe('AWS CLI', () => {
  const current = useClientTest();
  const aws = async (...args: string[]): Promise<string> => runProgram('aws', args, { env: current().env });

  it('syncs a tree of 1,000 files with odd names there and back', async () => {
    const there = join(current().directory, 'there');
    const back = join(current().directory, 'back');
    await writeOddTree(there, 1000);

    await aws('s3', 'mb', 's3://odd-names');
    await aws('s3', 'sync', '--only-show-errors', there, 's3://odd-names');
    await aws('s3', 'sync', '--only-show-errors', 's3://odd-names', back);

    expect(await runProgram('diff', ['-r', there, back])).toBe('');
    expect(await aws('s3', 'sync', there, 's3://odd-names')).toBe('');
  });

  it('keeps leading slashes in keys', async () => {
    const there = join(current().directory, 'slashes-there');
    const back = join(current().directory, 'slashes-back');
    await writeOddTree(there, 60);

    await aws('s3', 'mb', 's3://leading-slashes');
    await aws('s3', 'sync', '--only-show-errors', there, 's3://leading-slashes///deep');
    const keys = await aws('s3api', 'list-objects-v2', '--bucket', 'leading-slashes', '--query', 'Contents[].Key');
    await aws('s3', 'sync', '--only-show-errors', 's3://leading-slashes///deep', back);

    expect((JSON.parse(keys) as string[]).every((key) => key.startsWith('//deep/'))).toBe(true);
    expect(await runProgram('diff', ['-r', there, back])).toBe('');
  });

  it('sends a large file in parts, copies and moves it, and takes it away', async () => {
    const directory = join(current().directory, 'large');
    await mkdir(directory);
    await writeFile(join(directory, 'there'), randomBytes(20 * 1024 * 1024));

    await aws('s3', 'mb', 's3://large-files');
    await aws('s3', 'cp', '--only-show-errors', join(directory, 'there'), 's3://large-files/sent');
    await aws('s3', 'cp', '--only-show-errors', 's3://large-files/sent', 's3://large-files/copied');
    await aws('s3', 'mv', '--only-show-errors', 's3://large-files/copied', 's3://large-files/moved');
    await aws('s3', 'cp', '--only-show-errors', 's3://large-files/moved', join(directory, 'back'));
    const listed = await aws('s3', 'ls', 's3://large-files');
    await aws('s3', 'rb', '--force', 's3://large-files');

    expect(await runProgram('cmp', [join(directory, 'there'), join(directory, 'back')])).toBe('');
    expect(listed.match(/20971520 \w+/g)).toEqual(['20971520 moved', '20971520 sent']);
    expect(await aws('s3', 'ls')).not.toContain('large-files');
  });

  it('gets an object by a presigned URL', async () => {
    await aws('s3', 'mb', 's3://presigned');
    const file = join(current().directory, 'presigned');
    await writeFile(file, 'by URL');
    await aws('s3', 'cp', '--only-show-errors', file, 's3://presigned/two words+more');

    const url = await aws('s3', 'presign', 's3://presigned/two words+more');
    const response = await fetch(url.trim());

    expect(response.status).toBe(200);
    expect(await response.text()).toBe('by URL');
  });
});
