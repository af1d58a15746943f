import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { headerOf } from '../bench/connection.ts';
import { objectPath } from '../bench/sign.ts';
import { startGatewayProcess } from './gateway-process.ts';
import type { GatewayProcess } from './gateway-process.ts';
import { WireClient } from './wire-client.ts';

const bucket = 'races';
const rounds = 100;
const contenders = 50;

jest.setTimeout(120_000);

describe('two worker processes', () => {
  let gateway: GatewayProcess;
  let clients: WireClient[];

  beforeAll(async () => {
    gateway = await startGatewayProcess({ workers: 2 });
    clients = Array.from({ length: contenders }, () => new WireClient(gateway.endpoint));
    await clients[0]?.makeBucket(bucket);
  });

  afterAll(async () => {
    for (const client of clients) client.close();
    await gateway.stop();
  });

  const bodyOf = (round: number, contender: number, bytes: number): Buffer =>
    Buffer.alloc(bytes, `round ${round} contender ${contender}\n`);

  it.each([
    ['small objects', 100],
    ['objects in files', 100_000],
  ])('let exactly one of 50 If-None-Match: * PUTs win, 100 rounds: %s', async (name, bytes) => {
    expect(await gateway.workerPids()).toHaveLength(2);
    for (let round = 0; round < rounds; round += 1) {
      const key = `${name} ${round}`;
      const answers = await Promise.all(
        clients.map(async (client, contender) =>
          client.request({
            method: 'PUT',
            path: objectPath(bucket, key),
            headers: { 'if-none-match': '*' },
            body: bodyOf(round, contender, bytes),
          }),
        ),
      );

      const statuses = answers.map(({ status }) => status);
      const winner = statuses.indexOf(200);
      expect(statuses.filter((status) => status === 200)).toHaveLength(1);
      expect(statuses.filter((status) => status !== 200 && status !== 412 && status !== 409)).toEqual([]);
      const kept = await clients[round % contenders]?.get(bucket, key);
      expect(kept?.body.equals(bodyOf(round, winner, bytes))).toBe(true);
    }
  });

  it('let exactly one of 50 If-Match PUTs of the same ETag win', async () => {
    const path = objectPath(bucket, 'swapped');
    const first = await clients[0]?.put(bucket, 'swapped', Buffer.from('first'));
    let etag = headerOf(first?.head ?? '', 'etag');
    for (let round = 0; round < rounds / 5; round += 1) {
      const headers = { 'if-match': etag ?? '' };
      const answers = await Promise.all(
        clients.map(async (client, contender) =>
          client.request({ method: 'PUT', path, headers, body: bodyOf(round, contender, 100) }),
        ),
      );

      const won = answers.filter(({ status }) => status === 200);
      expect(won).toHaveLength(1);
      etag = headerOf(won[0]?.head ?? '', 'etag');
    }
  });
});
