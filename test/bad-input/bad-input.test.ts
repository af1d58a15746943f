import { randomBytes } from 'node:crypto';
import { readdir, readlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { objectPath, signedHead } from '../../bench/sign.ts';
import { startGatewayProcess } from '../gateway-process.ts';
import type { GatewayProcess } from '../gateway-process.ts';
import { WireClient } from '../wire-client.ts';
import { badInputBucket, keptKey, malformedRequests } from './malformed-requests.ts';
import { rawExchange, summary } from './raw-exchange.ts';
import { refusedRequests } from './refused-requests.ts';

jest.setTimeout(60_000);

const body = randomBytes(100_000);
const path = objectPath(badInputBucket, keptKey);

describe('bad input', () => {
  let gateway: GatewayProcess;
  let client: WireClient;
  let workers: number[];

  beforeAll(async () => {
    gateway = await startGatewayProcess({ args: ['--timeout-header', '500ms', '--timeout-idle', '500ms'] });
    client = new WireClient(gateway.endpoint);
    await client.makeBucket(badInputBucket);
    await client.put(badInputBucket, keptKey, body);
    workers = await gateway.workerPids();
  });

  afterAll(async () => {
    client.close();
    await gateway.stop();
  });

  // Whatever was sent: the same process serves the same objects.
  afterEach(async () => {
    expect((await client.get(badInputBucket, keptKey)).body.equals(body)).toBe(true);
    const listed = await client.request({ method: 'GET', path: `/${badInputBucket}` });
    expect(listed.body.toString().match(/<Key>/g)).toHaveLength(1);
    expect(await gateway.workerPids()).toEqual(workers);
  });

  function expectNoLeak(text: string): void {
    for (const secret of [gateway.dataDirectory, gateway.endpoint.secretKey, 'node_modules', '.js:', '    at ']) {
      expect(text).not.toContain(secret);
    }
  }

  it.each([...malformedRequests, ...refusedRequests])('is refused: $name', async ({ expected, script }) => {
    const outcome = await rawExchange(gateway.endpoint, script(gateway.endpoint));

    expect(expected).toContain(summary(outcome));
    expectNoLeak(outcome.text);
  });

  it.each([
    ['a head that never ends', () => ['GET / HTTP/1.1\r\nhost: a\r\n', 3000], ['400 RequestTimeout', 'closed']],
    [
      'a body that stops',
      () => [signedHead(gateway.endpoint, { method: 'PUT', path, contentLength: 1000 }), 'half', 3000],
      ['400 RequestTimeout'],
    ],
    ['nothing at all', () => [3000], ['400 RequestTimeout', 'closed']],
  ])('is given up after its timeout: %s', async (_, script, expected) => {
    const startedAt = performance.now();
    const outcome = await rawExchange(gateway.endpoint, script());

    expect(expected).toContain(summary(outcome));
    expect(performance.now() - startedAt).toBeLessThan(2900);
  });

  it('takes a body that comes slowly, but comes', async () => {
    const head = signedHead(gateway.endpoint, {
      method: 'PUT',
      path: objectPath(badInputBucket, 'slow'),
      contentLength: 8,
    });
    const outcome = await rawExchange(gateway.endpoint, [
      head,
      ...Array.from('drip').flatMap((each) => [`${each}.`, 250]),
    ]);

    expect(summary(outcome)).toBe('200');
    const kept = await client.get(badInputBucket, 'slow');
    await client.delete(badInputBucket, 'slow');
    expect(kept.body.toString()).toBe('d.r.i.p.');
  });

  async function blobFiles(): Promise<string[]> {
    const entries = await readdir(join(gateway.dataDirectory, 'blobs'), { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  }

  /** What the worker holds open of objects and of connections. */
  async function heldOpen(): Promise<string[]> {
    const directory = `/proc/${workers[0]}/fd`;
    const targets = await Promise.all(
      (await readdir(directory)).map(async (name) => readlink(join(directory, name)).catch(() => '')),
    );
    return targets.filter((target) => /^socket:|\/blobs\/..\/./.test(target));
  }

  async function expectNothingHeld(before: { files: string[]; open: string[] }): Promise<void> {
    const deadline = Date.now() + 5000;
    while ((await heldOpen()).length > before.open.length && Date.now() < deadline) await sleep(50);
    expect(await heldOpen()).toHaveLength(before.open.length);
    expect(await blobFiles()).toEqual(before.files);
  }

  it('forgets uploads whose client has gone, and keeps neither their files nor their descriptors', async () => {
    const { host, port } = gateway.endpoint;
    const before = { files: await blobFiles(), open: await heldOpen() };

    for (let turn = 0; turn < 50; turn += 1) {
      const socket = connect({ host, port });
      socket.on('error', () => {
        // What the gateway does with the connection is its own affair.
      });
      socket.write(signedHead(gateway.endpoint, { method: 'PUT', path, contentLength: 4_000_000 }));
      socket.write(randomBytes(turn % 2 === 0 ? 1000 : 1_500_000));
      await sleep(turn % 5 === 0 ? 40 : 5);
      if (turn % 3 === 0) socket.resetAndDestroy();
      else socket.destroy();
    }

    await expectNothingHeld(before);
  });

  it('leaves running downloads when their client has gone', async () => {
    const { host, port } = gateway.endpoint;
    const before = { files: await blobFiles(), open: await heldOpen() };
    await client.put(badInputBucket, 'download', randomBytes(20_000_000));
    for (let turn = 0; turn < 20; turn += 1) {
      const socket = connect({ host, port });
      socket.write(signedHead(gateway.endpoint, { method: 'GET', path: objectPath(badInputBucket, 'download') }));
      await new Promise((resolve) => socket.once('readable', resolve));
      socket.destroy();
    }
    await client.delete(badInputBucket, 'download');

    await expectNothingHeld(before);
  });

  it('writes no stack of an unexpected error to its log', () => {
    expect(gateway.server.output).not.toMatch(/uncaught|unhandled|InternalError/i);
  });
});
