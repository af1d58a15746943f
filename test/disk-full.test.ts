// @needs unshare
import { randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { startGatewayProcess } from './gateway-process.ts';
import type { GatewayProcess } from './gateway-process.ts';
import { errorCode, WireClient } from './wire-client.ts';

const bucket = 'disk-full';
const diskMebibytes = 48;
const clientCount = 8;
const large = randomBytes(2 * 1024 * 1024);
const small = randomBytes(3000);

jest.setTimeout(120_000);

/** Runs a command where the data directory is a small file system of its own, which ends with the command. */
function onSmallDisk(directory: string): string[] {
  const mount = `mount -t tmpfs -o size=${diskMebibytes}m tmpfs "$0" && exec "$@"`;
  return ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', mount, directory];
}

describe('a full disk', () => {
  let gateway: GatewayProcess;
  let clients: WireClient[];
  let client: WireClient;

  beforeEach(async () => {
    gateway = await startGatewayProcess({ wrapper: onSmallDisk, workers: 2 });
    clients = Array.from({ length: clientCount }, () => new WireClient(gateway.endpoint));
    client = new WireClient(gateway.endpoint);
    await client.makeBucket(bucket);
  });

  afterEach(async () => {
    for (const each of [client, ...clients]) each.close();
    expect(gateway.server.output).not.toMatch(/uncaught|unhandled/i);
    await gateway.stop();
  });

  const refusal = async (key: string, body: Buffer): Promise<string | undefined> =>
    errorCode(await client.put(bucket, key, body));

  /** Puts objects, several at once, until all are refused for want of room; resolves to the keys that were taken. */
  async function fill(prefix: string, body: Buffer): Promise<string[]> {
    const taken: string[] = [];
    for (let wasTaken = true; wasTaken;) {
      const answers = await Promise.all(
        clients.map(async (each, index) => {
          const key = `${prefix}/${taken.length}-${index}`;
          const answer = await each.put(bucket, key, body);
          return { key, outcome: answer.status === 200 ? 'taken' : `${answer.status} ${errorCode(answer)}` };
        }),
      );
      const keys = answers.filter(({ outcome }) => outcome === 'taken').map(({ key }) => key);
      const refused = answers.filter(({ outcome }) => outcome !== 'taken');
      expect(refused.map(({ outcome }) => outcome)).toEqual(refused.map(() => '507 InsufficientCapacity'));
      taken.push(...keys);
      wasTaken = keys.length > 0;
    }
    return taken;
  }

  async function expectKept(keys: readonly string[], body: Buffer): Promise<void> {
    for (const key of keys) {
      const { status, body: kept } = await client.get(bucket, key);
      expect({ key, status, isSame: kept.equals(body) }).toEqual({ key, status: 200, isSame: true });
    }
    const { body: listing } = await client.request({ method: 'GET', path: `/${bucket}` });
    expect(listing.toString().match(/<Key>/g)).toHaveLength(keys.length);
  }

  async function deleteAll(keys: readonly string[]): Promise<void> {
    for (const key of keys) expect((await client.delete(bucket, key)).status).toBe(204);
  }

  /** Room is known to be there again, and is, a moment after it was made. */
  async function expectTaken(key: string, body: Buffer): Promise<void> {
    const deadline = Date.now() + 3000;
    while ((await refusal(key, body)) !== undefined && Date.now() < deadline) await sleep(100);
    expect(await refusal(key, body)).toBeUndefined();
  }

  it('refuses objects that have no room with 507, keeps the others, and takes more when there is room again', async () => {
    const taken = await fill('large', large);
    expect(taken.length).toBeGreaterThan(10);
    await expectKept(taken, large);

    const [overwritten = '', ...others] = taken;
    expect(await refusal(overwritten, randomBytes(large.length))).toBe('InsufficientCapacity');
    await expectKept(taken, large);

    await deleteAll(others);
    await expectTaken('again', large);
    await expectKept([overwritten, 'again'], large);
  });

  it('goes on reading and deleting when somebody else has filled the disk to its last byte', async () => {
    const keys = Array.from({ length: 40 }, (_, index) => `small/${index}`);
    for (const key of keys) expect(await refusal(key, small)).toBeUndefined();

    const ballast = `/proc/${gateway.server.child.pid}/root${gateway.dataDirectory}/somebody-else`;
    const file = await open(ballast, 'w');
    const piece = Buffer.alloc(4096, 1);
    await expect(async () => {
      for (;;) await file.write(piece);
    }).rejects.toThrow('ENOSPC');
    await file.close();

    for (const body of [small, large]) expect(await refusal('more', body)).toBe('InsufficientCapacity');
    await expectKept(keys, small);
    const [first = '', ...others] = keys;
    await deleteAll(others);
    await expectKept([first], small);

    await rm(ballast);
    await expectTaken('more', large);
    await expectTaken(first, small);
  });
});
