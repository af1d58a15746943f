import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { startGatewayProcess } from './gateway-process.ts';
import { WireClient } from './wire-client.ts';

jest.setTimeout(60_000);

describe('start', () => {
  let root: string;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'ozone-s3g-start-'));
  });

  afterAll(async () => {
    await rm(root, { recursive: true, force: true });
  });

  /** Milliseconds from the command to the first answer. */
  async function firstAnswerMs(dataDirectory: string): Promise<number> {
    const startedAt = performance.now();
    const gateway = await startGatewayProcess({ dataDirectory });
    const client = new WireClient(gateway.endpoint);
    const { status } = await client.request({ method: 'GET', path: '/' });
    const elapsedMs = performance.now() - startedAt;
    client.close();
    await gateway.stop();
    expect(status).toBe(200);
    return elapsedMs;
  }

  it.each([
    ['an empty directory', (turn: number) => `new-${turn}`],
    ['a directory that it has served', () => 'known'],
  ])('answers within 1.5 s of the command on %s', async (name, directoryOf) => {
    const measured: number[] = [];
    for (let turn = 0; turn < 5; turn += 1) measured.push(await firstAnswerMs(join(root, directoryOf(turn))));

    const [, , medianMs] = measured.toSorted((a, b) => a - b);
    process.stdout.write(`first answer on ${name}: ${measured.map((each) => Math.round(each)).join(', ')} ms\n`);
    expect(medianMs).toBeLessThan(1500);
  });
});
