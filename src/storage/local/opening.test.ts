import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { callAs } from '../contract/fixture.ts';
import { openLocalStore } from './index.ts';
import { openMetadata } from './metadata.ts';

// For a busy machine: starting a process takes its time there.
jest.setTimeout(60_000);

let dir: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'local-store-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(dir, { recursive: true });
});

describe('opening a local store', () => {
  it('keeps what was stored', async () => {
    const call = callAs('ada');
    const first = await openLocalStore({ dir, role: 'server' });
    await first.createBucket(call, 'bucket', []);
    await first.close();
    const again = await openLocalStore({ dir, role: 'server' });
    expect((await again.headBucket(call, 'bucket')).name).toBe('bucket');
    await again.close();
    expect(readdirSync(join(dir, 'instances'))).toEqual([]);
  });

  it('refuses a newer format, and leaves it as it is', async () => {
    const metadata = openMetadata(join(dir, 'metadata'));
    await metadata.write(({ meta }) => meta.putSync('format', 99));
    await metadata.close();
    await expect(openLocalStore({ dir, role: 'server' })).rejects.toMatchObject({
      name: 'StoreOpenError',
      message: `The store in ${join(dir, 'metadata')} has format 99; this version of the gateway reads format 1.`,
    });
  });

  it.each<[string, Buffer, string]>([
    ['text', Buffer.alloc(65_536, 'no store '), 'it is no LMDB database of this version'],
    ['zeros', Buffer.alloc(65_536), 'it is no LMDB database of this version'],
    ['a few bytes', Buffer.from('x'), 'it is no LMDB database of this version'],
  ])('refuses %s instead of a database', async (_, bytes, why) => {
    const path = join(dir, 'metadata', 'data.mdb');
    mkdirSync(join(dir, 'metadata'));
    writeFileSync(path, bytes);
    await expect(openLocalStore({ dir, role: 'server' })).rejects.toMatchObject({
      name: 'StoreOpenError',
      message: `The store's ${path} cannot be read: ${why}.`,
    });
  });

  it('refuses a database of which only the beginning is left', async () => {
    const store = await openLocalStore({ dir, role: 'server' });
    await store.createBucket(callAs('ada'), 'bucket', []);
    await store.close();
    truncateSync(join(dir, 'metadata', 'data.mdb'), 3 * 4096);
    await expect(openLocalStore({ dir, role: 'server' })).rejects.toThrow('the file has been cut off');
  });

  it('refuses a second server, and takes over from a killed one', async () => {
    const holder = await startHolder('server');
    await expect(openLocalStore({ dir, role: 'server' })).rejects.toMatchObject({
      name: 'StoreOpenError',
      message: `${dir} is in use by another gateway (process ${String(holder.pid)}).`,
    });
    const worker = await openLocalStore({ dir, role: 'worker' });
    await worker.close();
    await killed(holder);
    const next = await openLocalStore({ dir, role: 'server' });
    await next.close();
  });

  it('lets one of two that start at once have it', async () => {
    const opened = await Promise.allSettled([startHolder('server'), startHolder('server')]);
    expect(opened.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('works below a path that is too long for a socket', async () => {
    const deep = join(dir, 'd'.repeat(100), 'e'.repeat(100));
    const first = await openLocalStore({ dir: deep, role: 'server' });
    await expect(openLocalStore({ dir: deep, role: 'server' })).rejects.toMatchObject({ name: 'StoreOpenError' });
    await first.close();
    const next = await openLocalStore({ dir: deep, role: 'server' });
    await next.close();
  });
});

/** A process of its own that holds the store until it is killed. Rejects when it is refused. */
async function startHolder(role: string): Promise<ChildProcess> {
  const code = `import { openLocalStore } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
    await openLocalStore({ dir: ${JSON.stringify(dir)}, role: ${JSON.stringify(role)} });
    process.stdout.write('open');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.push(child);
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('readable', () => {
      if (child.stdout.read() !== null) resolve();
    });
    child.once('exit', () => {
      reject(new Error('refused'));
    });
  });
  return child;
}

async function killed(child: ChildProcess): Promise<void> {
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exited;
}
