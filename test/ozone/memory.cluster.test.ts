import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { objectPath, signedHead } from '../../bench/sign.ts';
import type { GatewayProcess } from '../gateway-process.ts';
import { clientOfGateway, requiredVariable, startOzoneGateway } from './ozone-gateways.ts';
import { PatternedObject } from './patterned-object.ts';

const mebibyte = 1024 * 1024;
/** 5 GiB in `npm run verify`. */
const largeObjectBytes = Number(process.env['LARGE_OBJECT_MIB'] ?? 512) * mebibyte;
const limitBytes = 300e6;

jest.setTimeout(1_800_000);

async function peakResidentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

describe('resident memory of a worker before Ozone', () => {
  let gateway: GatewayProcess;
  let client: S3Client;
  let bucket: string;

  beforeEach(async () => {
    gateway = await startOzoneGateway(requiredVariable('OZONE_CONF_DIR'));
    client = clientOfGateway(gateway);
    bucket = `memory-${process.pid}-${Date.now()}`;
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
  });
  afterEach(async () => {
    client.destroy();
    await gateway.stop();
  });

  async function expectPeakUnderLimit(what: string): Promise<void> {
    const peaks = await Promise.all((await gateway.workerPids()).map(peakResidentBytes));
    process.stdout.write(`${what}: peak of a worker ${peaks.map((peak) => Math.round(peak / 1e6)).join(', ')} MB\n`);
    expect(peaks).toHaveLength(1);
    for (const peak of peaks) expect(peak).toBeLessThan(limitBytes);
  }

  it(`stays under 300 MB while it takes and gives ${largeObjectBytes / mebibyte} MiB`, async () => {
    const object = new PatternedObject(largeObjectBytes);
    const place = { Bucket: bucket, Key: 'large' };
    await client.send(new PutObjectCommand({ ...place, Body: object.stream(), ContentLength: object.sizeBytes }));
    const { Body } = await client.send(new GetObjectCommand(place));
    expect(await object.differenceFrom(Body as AsyncIterable<Uint8Array>)).toBeUndefined();
    await expectPeakUnderLimit(`${largeObjectBytes / mebibyte} MiB in and out`);
  });

  it('stays under 300 MB with 100 readers that take almost nothing', async () => {
    const object = new PatternedObject(64 * mebibyte);
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'slow', Body: object.bytes() }));
    const { host, port } = gateway.endpoint;
    const head = signedHead(gateway.endpoint, { method: 'GET', path: objectPath(bucket, 'slow') });
    const readers = await Promise.all(
      Array.from({ length: 100 }, async (): Promise<Socket> => {
        const socket = connect({ host, port });
        socket.on('error', () => undefined);
        await once(socket, 'connect');
        socket.write(head);
        await once(socket, 'readable');
        return socket;
      }),
    );
    for (let second = 0; second < 10; second++) {
      for (const socket of readers) socket.read(1024);
      await sleep(1000);
    }
    for (const socket of readers) socket.destroy();
    await expectPeakUnderLimit('100 slow readers of 64 MiB');
  });
});
