import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  CreateBucketCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { startGateway, type GatewayOptions, type RunningGateway } from '../index.ts';

let dir = '';
const opened: (() => unknown)[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ozone-s3g-library-'));
});
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
  rmSync(dir, { recursive: true, force: true });
});

async function start(options: GatewayOptions = {}): Promise<{ gateway: RunningGateway; s3: S3Client }> {
  const gateway = await startGateway(options);
  const { endpoint, region, accessKeyId, secretAccessKey } = gateway;
  const s3 = new S3Client({ endpoint, region, credentials: { accessKeyId, secretAccessKey }, forcePathStyle: true });
  opened.push(
    () => gateway.close(),
    () => s3.destroy(),
  );
  return { gateway, s3 };
}
const end = async () => {
  for (const close of opened.splice(0).reverse()) await close();
};

describe('startGateway', () => {
  it('gives a gateway of its own to each caller', async () => {
    const [one, other] = await Promise.all([start(), start()]);
    expect(one.gateway.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(one.gateway.endpoint).not.toBe(other.gateway.endpoint);
    await Promise.all([one, other].map(({ s3 }) => s3.send(new CreateBucketCommand({ Bucket: 'mine' }))));
    await one.s3.send(new PutObjectCommand({ Bucket: 'mine', Key: 'key', Body: 'text' }));
    const got = await one.s3.send(new GetObjectCommand({ Bucket: 'mine', Key: 'key' }));
    expect(await got.Body?.transformToString()).toBe('text');
    await expect(other.s3.send(new GetObjectCommand({ Bucket: 'mine', Key: 'key' }))).rejects.toThrow();
  });

  it('removes its temporary directory', async () => {
    const ours = () => readdirSync(tmpdir()).filter((name) => /^ozone-s3g-embedded-/.test(name));
    const before = ours();
    await start();
    // Others may start theirs at the same time.
    const made = ours().filter((name) => !before.includes(name));
    await end();
    const left = ours();
    expect(made.some((name) => !left.includes(name))).toBe(true);
  });

  it('keeps a given directory, with its objects and its user', async () => {
    const dataDir = join(dir, 'data');
    const options = { dataDir, accessKeyId: 'tester', region: 'eu-west-1' };
    const first = await start(options);
    await first.s3.send(new CreateBucketCommand({ Bucket: 'kept' }));
    await end();
    const second = await start(options);
    expect(second.gateway).toMatchObject({ accessKeyId: 'tester', secretAccessKey: first.gateway.secretAccessKey });
    const { LocationConstraint } = await second.s3.send(new GetBucketLocationCommand({ Bucket: 'kept' }));
    expect(LocationConstraint).toBe('eu-west-1');
  });

  it('takes the credentials that it is given', async () => {
    const { gateway } = await start({ accessKeyId: 'tester', secretAccessKey: 'given-secret' });
    expect(gateway).toMatchObject({ accessKeyId: 'tester', secretAccessKey: 'given-secret' });
  });

  it('names all that is wrong with its options, and leaves nothing', async () => {
    const dataDir = join(dir, 'data');
    const wrong = startGateway({ dataDir, region: 'A B', accessKeyId: 'a b', secretAccessKey: 'short' });
    await expect(wrong).rejects.toThrow(/region[^]*--access-key|--access-key[^]*region/);
    expect(existsSync(dataDir)).toBe(false);
  });

  it('refuses a directory or an address that is in use', async () => {
    const dataDir = join(dir, 'data');
    const { gateway } = await start({ dataDir });
    await expect(startGateway({ dataDir })).rejects.toThrow('in use by another gateway');
    const port = Number(new URL(gateway.endpoint).port);
    await expect(startGateway({ port })).rejects.toThrow('EADDRINUSE');
  });
});
