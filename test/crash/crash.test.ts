import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { objectPath } from '../../bench/sign.ts';
import { openMetadata } from '../../src/storage/local/metadata.ts';
import { startGatewayProcess } from '../gateway-process.ts';
import type { GatewayProcess } from '../gateway-process.ts';
import { WireClient } from '../wire-client.ts';
import { KnownStates, stateOf } from './known-state.ts';
import { crashBucket, Writer } from './writer.ts';

const rounds = 20;
const writers = 64;

jest.setTimeout(180_000);

async function verifyKeys(gateway: GatewayProcess, states: KnownStates): Promise<string[]> {
  const faults: string[] = [];
  const keys = states.keys().values();
  const verify = async (): Promise<void> => {
    const client = new WireClient(gateway.endpoint);
    for (const key of keys) {
      const { status, body } = await client.get(crashBucket, key);
      const actual = status === 404 ? 'absent' : stateOf(body);
      const possible = states.settle(key, actual);
      if (!possible.includes(actual)) {
        faults.push(`${key} is ${actual} (${status}, ${body.toString('utf8', 0, 60)}), not ${possible.join(' or ')}`);
      }
    }
    client.close();
  };
  await Promise.all(Array.from({ length: 8 }, verify));
  return faults;
}

/** An upload whose part was acknowledged has that part, unless its completion went through. */
async function verifyUploads(gateway: GatewayProcess, crashed: readonly Writer[]): Promise<string[]> {
  const faults: string[] = [];
  const client = new WireClient(gateway.endpoint);
  for (const [uploadId, { key, etag, state }] of crashed.flatMap(({ openUploads }) => [...openUploads])) {
    const path = objectPath(crashBucket, key);
    const listed = await client.request({ method: 'GET', path, query: { uploadId } });
    const isListed = listed.status === 200 && listed.body.includes(etag.replaceAll('"', ''));
    if (isListed) continue;
    const { body } = await client.get(crashBucket, key);
    if (stateOf(body) !== state)
      faults.push(`upload ${uploadId} of ${key} has lost its part: ${listed.body.toString()}`);
  }
  client.close();
  return faults;
}

/** Takes away every object, every upload and the bucket; resolves to the uploads' number. */
async function removeAll(gateway: GatewayProcess, states: KnownStates): Promise<number> {
  const client = new WireClient(gateway.endpoint);
  for (const key of states.keys()) expect((await client.delete(crashBucket, key)).status).toBe(204);
  let removed = 0;
  for (;;) {
    const { body } = await client.request({ method: 'GET', path: `/${crashBucket}`, query: { uploads: '' } });
    const uploads = [...body.toString().matchAll(/<Key>([^<]*)<\/Key><UploadId>([^<]*)</g)];
    if (uploads.length === 0) break;
    for (const [, key = '', uploadId = ''] of uploads) {
      const path = objectPath(crashBucket, key);
      expect((await client.request({ method: 'DELETE', path, query: { uploadId } })).status).toBe(204);
    }
    removed += uploads.length;
  }
  // What is remembered of completed uploads goes with the bucket.
  expect((await client.request({ method: 'DELETE', path: `/${crashBucket}` })).status).toBe(204);
  client.close();
  return removed;
}

async function filesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
}

/** What stands in the store's databases, beside its format. */
async function entriesLeft(dataDirectory: string): Promise<Record<string, number>> {
  const metadata = openMetadata(join(dataDirectory, 'metadata'));
  const { meta: _meta, ...databases } = metadata.read((all) => all);
  const counts = Object.entries(databases).map(([name, database]) => [name, database.getCount()] as const);
  await metadata.close();
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

describe('kill -9 under 64 concurrent writers', () => {
  let dataDirectory: string;
  let gateway: GatewayProcess | undefined;

  const start = async (): Promise<GatewayProcess> => {
    gateway = await startGatewayProcess({ dataDirectory, workers: 2 });
    return gateway;
  };

  beforeAll(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'ozone-s3g-crash-'));
  });

  afterAll(async () => {
    await gateway?.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  });

  it(`keeps every acknowledged state over ${rounds} rounds and leaves no stray files`, async () => {
    const states = new KnownStates();
    let running = await start();
    const client = new WireClient(running.endpoint);
    await client.makeBucket(crashBucket);
    client.close();

    for (let round = 0; round < rounds; round += 1) {
      const { endpoint } = running;
      const crashed = Array.from({ length: writers }, (_, index) => new Writer(endpoint, states, `writer ${index}`));
      const written = Promise.all(crashed.map(async (writer) => writer.run(round)));
      await Promise.race([written, sleep(250 + 37 * round)]);
      await running.kill();
      await written;

      running = await start();
      expect(await verifyKeys(running, states)).toEqual([]);
      expect(await verifyUploads(running, crashed)).toEqual([]);
    }

    // Far more went through than there are keys, and the gateway was really caught in the middle of writes.
    expect(states.acknowledgedWrites).toBeGreaterThan(rounds * writers);
    expect(states.lostInFlight).toBeGreaterThan(rounds);

    // With every object, every upload and the bucket gone, whatever is left was left by a crash.
    expect(await removeAll(running, states)).toBeGreaterThan(0);
    const blobs = join(dataDirectory, 'blobs');
    for (const deadline = Date.now() + 10_000; (await filesIn(blobs)).length > 0 && Date.now() < deadline;)
      await sleep(50);
    expect(await filesIn(blobs)).toEqual([]);
    expect(await filesIn(join(dataDirectory, 'leases'))).toEqual([]);
    expect(await filesIn(join(dataDirectory, 'instances'))).toHaveLength(3);
    await running.stop();
    expect(await entriesLeft(dataDirectory)).toEqual({});
  });
});
