import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { bodyOf, patterned } from '../contract/body.ts';
import { callAs, codeOf, plainDraft, readAll } from '../contract/fixture.ts';
import { auditLocalStore } from './audit.ts';
import { openLocalStore } from './index.ts';
import type { LocalStore } from './local-store.ts';

const call = callAs('ada');
const sound = { strayFiles: [], missingFiles: [], wrongReferences: [], garbage: 0 };
const bucket = 'bucket';

// For a busy machine: starting a process takes its time there.
jest.setTimeout(60_000);

let dir: string;
let acknowledgements: string;
let store: LocalStore;
const children: ChildProcess[] = [];
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'local-store-'));
  acknowledgements = join(dir, 'acknowledgements');
  writeFileSync(acknowledgements, '');
  store = await openLocalStore({ dir, role: 'server' });
  await store.createBucket(call, bucket, []);
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await store.close();
  rmSync(dir, { recursive: true });
});

async function put(key: string, sizeBytes: number): Promise<void> {
  await store.putObject(call, { bucket, key }, plainDraft, bodyOf(patterned(sizeBytes)));
}

function blobFiles(): string[] {
  return readdirSync(join(dir, 'blobs'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}

describe('what a local store leaves behind', () => {
  it('is nothing after overwrites, deletes, copies and uploads', async () => {
    for (const round of [1, 2, 3]) {
      await put('small', 100 * round);
      await put('large', 100_000 * round);
      const options = { replace: {}, storageClass: 'STANDARD', check: () => undefined };
      for (const key of ['small', 'large']) {
        await store.copyObject(call, { bucket, key }, { bucket, key: `${key} copy` }, options);
      }
      const upload = await store.createUpload(call, { bucket, key: 'parts' }, plainDraft);
      const parts = [];
      for (const partNumber of [1, 2, 3]) {
        const sizeBytes = partNumber === 3 ? 10 : 5 * 1024 ** 2;
        await store.putPart(call, upload, partNumber, bodyOf('replaced'));
        parts.push(await store.putPart(call, upload, partNumber, bodyOf(patterned(sizeBytes))));
      }
      const unused = await store.putPart(call, upload, 4, bodyOf(patterned(100_000)));
      expect(unused.partNumber).toBe(4);
      await store.completeUpload(call, upload, parts, {});
      const aborted = await store.createUpload(call, { bucket, key: 'aborted' }, plainDraft);
      await store.putPart(call, aborted, 1, bodyOf(patterned(100_000)));
      await store.abortUpload(call, aborted);
    }
    await store.sweep();
    expect(await auditLocalStore(dir)).toEqual(sound);
    expect(blobFiles()).toHaveLength(3);
    for (const key of ['small', 'small copy', 'large', 'large copy', 'parts']) {
      await store.deleteObject(call, { bucket, key });
    }
    await store.deleteBucket(call, bucket);
    await store.sweep();
    expect(await auditLocalStore(dir)).toEqual(sound);
    expect(blobFiles()).toEqual([]);
    expect(readdirSync(join(dir, 'leases'))).toEqual([]);
  });

  it('is swept up when a worker was killed while it wrote, without a restart', async () => {
    const writers = [await startWriter(), await startWriter()];
    await sleep(300);
    await Promise.all(writers.map(kill));
    await store.sweep();
    expect(await auditLocalStore(dir)).toEqual(sound);
    const acknowledged = lastAcknowledged();
    expect(acknowledged.size).toBeGreaterThan(4);
    for (const [key, round] of acknowledged) {
      const held = await store.openObject(call, { bucket, key });
      const bytes = await readAll(held.read());
      expect(Number(held.info.metadata['round'])).toBeGreaterThanOrEqual(round);
      expect(createHash('md5').update(bytes).digest('hex')).toBe(held.info.etag);
    }
    expect(readdirSync(join(dir, 'instances'))).toHaveLength(1);
  });

  it('is not what a living worker is still writing', async () => {
    const held = new Promise<void>((resolve) => {
      setTimeout(resolve, 200);
    });
    const body = bodyOf(patterned(1024 ** 2));
    const slow = {
      ...body,
      async *chunks() {
        for await (const chunk of body.chunks()) {
          yield chunk;
          await held;
        }
      },
    };
    const worker = await openLocalStore({ dir, role: 'worker' });
    const writing = worker.putObject(call, { bucket, key: 'slow' }, plainDraft, slow);
    await sleep(100);
    expect(await store.sweep()).toMatchObject({ strayFiles: 0 });
    await writing;
    expect((await store.headObject(call, { bucket, key: 'slow' })).sizeBytes).toBe(1024 ** 2);
    await worker.close();
    expect(await auditLocalStore(dir)).toEqual(sound);
  });

  it('includes uploads too old', async () => {
    const upload = await store.createUpload(call, { bucket, key: 'k' }, plainDraft);
    await store.putPart(call, upload, 1, bodyOf(patterned(100_000)));
    expect(await store.sweep()).toMatchObject({ uploads: 0 });
    await store.close();
    store = await openLocalStore({ dir, role: 'server', uploadMaxAgeMs: 0 });
    await store.sweep();
    expect(await codeOf(store.headUpload(call, upload))).toBe('NoSuchUpload');
    expect(await auditLocalStore(dir)).toEqual(sound);
    expect(blobFiles()).toEqual([]);
  });

  it('includes what is remembered of uploads completed long ago', async () => {
    const upload = await store.createUpload(call, { bucket, key: 'k' }, plainDraft);
    const part = await store.putPart(call, upload, 1, bodyOf('content'));
    const repeat = (): Promise<string> => codeOf(store.completeUpload(call, upload, [part], {}));
    expect(await repeat()).toBe('resolved');
    await store.sweep();
    expect(await repeat()).toBe('resolved');
    await store.close();
    store = await openLocalStore({ dir, role: 'server', uploadMaxAgeMs: 0 });
    await sleep(2);
    await store.sweep();
    expect(await repeat()).toBe('NoSuchUpload');
  });
});

const writer = `
  const store = await openLocalStore({ dir, role: 'worker' });
  const write = async (key) => {
    for (let round = 0; ; round++) {
      const draft = { ...plainDraft, metadata: { round: String(round) } };
      const content = Buffer.alloc([10, 200_000, 3_000_000][round % 3], String(round));
      await store.putObject(call, { bucket: 'bucket', key }, draft, bodyOf(content));
      fs.writeSync(1, key + ' ' + round + '\\n');
    }
  };
  await Promise.all([0, 1, 2, 3].map((lane) => write(process.pid + '-' + lane)));
`;

/** A process that overwrites a few objects, and says so on its output after each. */
async function startWriter(): Promise<ChildProcess> {
  const from = (path: string): string => JSON.stringify(join(import.meta.dirname, path));
  const code = `import fs from 'node:fs';
    import { openLocalStore } from ${from('index.ts')};
    import { bodyOf } from ${from('../contract/body.ts')};
    import { callAs, plainDraft } from ${from('../contract/fixture.ts')};
    const dir = ${JSON.stringify(dir)};
    const call = callAs('ada');
    ${writer}`;
  const output = openSync(acknowledgements, 'a');
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    stdio: ['ignore', output, 'inherit'],
  });
  closeSync(output);
  children.push(child);
  while (!readFileSync(acknowledgements, 'utf8').includes(`${String(child.pid)}-`)) await sleep(20);
  return child;
}

/** By key, the last round that a writer was told to be stored. */
function lastAcknowledged(): Map<string, number> {
  const lines = readFileSync(acknowledgements, 'utf8').split('\n');
  return new Map(
    lines.map((line) => line.split(' ')).flatMap(([key = '', round]) => (round === undefined ? [] : [[key, +round]])),
  );
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exited;
}
