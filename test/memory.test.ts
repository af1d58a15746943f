import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { objectPath, requestTarget, signedHeaders } from '../bench/sign.ts';
import type { UnsignedRequest } from '../bench/sign.ts';
import { startGatewayProcess } from './gateway-process.ts';
import type { GatewayProcess } from './gateway-process.ts';
import { WireClient } from './wire-client.ts';

const mebibyte = 1024 * 1024;
/** 5 GiB in `npm run verify`. */
const largeObjectBytes = Number(process.env['LARGE_OBJECT_MIB'] ?? 512) * mebibyte;
const bucket = 'memory';
const pattern = randomBytes(mebibyte);

jest.setTimeout(600_000);

async function peakResidentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

function* patternPieces(totalBytes: number): Generator<Buffer> {
  for (let sent = 0; sent < totalBytes; sent += pattern.length) yield pattern.subarray(0, totalBytes - sent);
}

describe('resident memory of a worker', () => {
  let gateway: GatewayProcess;

  beforeEach(async () => {
    gateway = await startGatewayProcess();
    const client = new WireClient(gateway.endpoint);
    await client.makeBucket(bucket);
    client.close();
  });

  afterEach(async () => {
    await gateway.stop();
  });

  async function expectPeaksUnder(limitMegabytes: number): Promise<void> {
    const workers = await gateway.workerPids();
    expect(workers).toHaveLength(1);
    const peaks = await Promise.all([...workers, gateway.server.child.pid ?? -1].map(peakResidentBytes));
    process.stdout.write(
      `peak of worker and primary: ${peaks.map((peak) => Math.round(peak / 1e6)).join(' and ')} MB\n`,
    );
    for (const peak of peaks) expect(Math.round(peak / 1e6)).toBeLessThan(limitMegabytes);
  }

  async function exchange(unsigned: UnsignedRequest, body: Iterable<Buffer>): Promise<IncomingMessage> {
    const headers = Object.fromEntries(signedHeaders(gateway.endpoint, unsigned));
    const { host, port } = gateway.endpoint;
    const request = httpRequest({ host, port, method: unsigned.method, path: requestTarget(unsigned), headers });
    const answered = once(request, 'response');
    await pipeline(Readable.from(body), request);
    const [response] = (await answered) as [IncomingMessage];
    return response;
  }

  it(`stays under 250 MB while it takes and gives ${largeObjectBytes / mebibyte} MiB`, async () => {
    const path = objectPath(bucket, 'large');
    const put = { method: 'PUT', path, contentLength: largeObjectBytes };
    const stored = await exchange(put, patternPieces(largeObjectBytes));
    stored.resume();
    expect(stored.statusCode).toBe(200);

    const given = await exchange({ method: 'GET', path }, []);
    let received = 0;
    let isSame = true;
    for await (const piece of given as AsyncIterable<Buffer>) {
      for (let at = 0; at < piece.length;) {
        const from = (received + at) % pattern.length;
        const length = Math.min(piece.length - at, pattern.length - from);
        isSame &&= piece.compare(pattern, from, from + length, at, at + length) === 0;
        at += length;
      }
      received += piece.length;
    }

    expect(given.statusCode).toBe(200);
    expect(received).toBe(largeObjectBytes);
    expect(isSame).toBe(true);
    await expectPeaksUnder(250);
  });

  it('stays under 400 MB with 200 concurrent uploads of 8 MiB', async () => {
    const body = Buffer.concat(Array.from({ length: 8 }, () => pattern));
    const clients = Array.from({ length: 200 }, () => new WireClient(gateway.endpoint));
    const answers = await Promise.all(
      clients.map(async (client, index) => client.put(bucket, `upload-${index}`, body)),
    );
    for (const client of clients) client.close();

    expect(answers.map(({ status }) => status)).toEqual(clients.map(() => 200));
    await expectPeaksUnder(400);
  });
});
