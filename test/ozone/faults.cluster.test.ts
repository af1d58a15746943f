import { setTimeout as sleep } from 'node:timers/promises';
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { GatewayProcess } from '../gateway-process.ts';
import { FaultCluster } from './fault-cluster.ts';
import { clientOfGateway, startOzoneGateway } from './ozone-gateways.ts';
import { PatternedObject } from './patterned-object.ts';
import { Writers, damaged, statusOf } from './writers.ts';

const mebibyte = 1024 * 1024;
const bucket = 'faults';
/** Large enough that a fault falls in their middle, and small ones beside them. */
const sizes = [100 * mebibyte, 40 * mebibyte, 9 * mebibyte, 4096, 4096, 4096];
const hangsAfterMs = 60_000;

jest.setTimeout(420_000);

let faults: FaultCluster;
let gateway: GatewayProcess;
let client: S3Client;
const table: string[] = [];

beforeAll(async () => {
  faults = await FaultCluster.start();
  gateway = await startOzoneGateway(faults.conf);
  client = clientOfGateway(gateway);
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
});
afterAll(async () => {
  const head = '| fault | acknowledged | intact | failed | longest write |\n| --- | --- | --- | --- | --- |\n';
  process.stdout.write(`${head}${table.join('\n')}\n`);
  client.destroy();
  await gateway.stop();
  await faults.stop();
});

/** Writes before, during and after a fault; what was acknowledged is there, what failed did so in S3's way and in time. */
async function writeThrough(name: string, seconds: number, fault: () => Promise<void>): Promise<void> {
  const writers = new Writers(client, bucket, { prefix: name.replaceAll(' ', '-'), sizes });
  await sleep(1500);
  await fault();
  const before = writers.acknowledgedCount;
  await sleep(seconds * 1000);
  const written = await writers.stop();
  const wrong = await damaged(client, bucket, written);
  const { acknowledged, failures, longestMs } = written;
  table.push(
    `| ${name} | ${acknowledged.size} | ${acknowledged.size - wrong.length} | ${failures.length} | ${(longestMs / 1000).toFixed(1)} s |`,
  );
  expect(wrong).toEqual([]);
  expect(acknowledged.size).toBeGreaterThan(before);
  expect(failures.filter((status) => status < 500)).toEqual([]);
  expect(longestMs).toBeLessThan(hangsAfterMs);
}

describe('while objects are written', () => {
  it('containers are closed', async () => {
    await writeThrough('container closed under a writer', 15, async () => {
      expect(await faults.closeOpenContainers()).toBeGreaterThan(0);
    });
  });

  it('the leader of the pipeline is killed', async () => {
    const leader = await faults.leader();
    await writeThrough('datanode leader killed mid-write', 30, () => leader.kill());
    await leader.start();
    await faults.recovered();
  });

  it('a follower is killed', async () => {
    const follower = await faults.follower();
    await writeThrough('datanode follower killed mid-write', 30, () => follower.kill());
    await follower.start();
    await faults.recovered();
  });
});

describe('a block is corrupted', () => {
  const object = new PatternedObject(10 * mebibyte);

  async function write(Key: string): Promise<void> {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: object.bytes() }));
  }

  it('on one datanode: all reads are right', async () => {
    await write('one-corrupt');
    await faults.corrupt(bucket, 'one-corrupt', faults.cluster.datanodes.slice(0, 1));
    let right = 0;
    for (let read = 0; read < 20; read++) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'one-corrupt' }));
      if ((await object.differenceFrom(Body as AsyncIterable<Uint8Array>)) === undefined) right++;
    }
    table.push(`| replica corrupted on one datanode of three | 1 | 1 | ${20 - right} of 20 reads | |`);
    expect(right).toBe(20);
  });

  it('on all datanodes: no read gives wrong bytes, and none hangs', async () => {
    await write('all-corrupt');
    await faults.corrupt(bucket, 'all-corrupt', faults.cluster.datanodes);
    const startedAt = performance.now();
    const outcome = await client
      .send(new GetObjectCommand({ Bucket: bucket, Key: 'all-corrupt' }))
      .then(({ Body }) => object.differenceFrom(Body as AsyncIterable<Uint8Array>))
      .then(
        (difference) => difference ?? 'no difference',
        (error: unknown) => (statusOf(error) >= 500 ? 'refused' : 'cut off'),
      );
    const took = performance.now() - startedAt;
    table.push(`| replica corrupted on all | 1 | 0 | read ${outcome} | ${(took / 1000).toFixed(1)} s |`);
    expect(['refused', 'cut off']).toContain(outcome);
    expect(took).toBeLessThan(hangsAfterMs);
  });
});

describe('the cluster takes no writes', () => {
  const object = new PatternedObject(3 * mebibyte);
  const put = async (by: S3Client, Key: string): Promise<unknown> =>
    by.send(new PutObjectCommand({ Bucket: bucket, Key, Body: object.bytes() }));

  /** One request is refused in S3's way, and in time. */
  async function refused(name: string): Promise<void> {
    const once = clientOfGateway(gateway, 1);
    const startedAt = performance.now();
    const status = await put(once, name.replaceAll(' ', '-')).then(() => 200, statusOf);
    once.destroy();
    const took = performance.now() - startedAt;
    table.push(`| ${name} | 0 | 0 | 1 (${status}) | ${(took / 1000).toFixed(1)} s |`);
    expect(status).toBe(503);
    expect(took).toBeLessThan(hangsAfterMs);
  }

  it('without datanodes, and in safe mode; and takes them again after', async () => {
    await put(client, 'kept');
    for (const datanode of faults.cluster.datanodes) await datanode.kill();
    await refused('all datanodes killed just now');
    await faults.withoutPipelines();
    await refused('no pipeline left');
    await gateway.server.printed(/ozone admin datanode list/);
    await faults.restartScm();
    await refused('SCM in safe mode');
    await gateway.server.printed(/ozone admin safemode status/);
    const listed = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'kept' }));
    expect(listed.KeyCount).toBe(1);
    for (const datanode of faults.cluster.datanodes) await datanode.start();
    await faults.recovered();
    await put(client, 'again');
    for (const Key of ['kept', 'again']) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
      expect(await object.differenceFrom(Body as AsyncIterable<Uint8Array>)).toBeUndefined();
    }
  });
});
