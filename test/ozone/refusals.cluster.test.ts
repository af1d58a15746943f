import { randomUUID } from 'node:crypto';
import {
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { GatewayProcess } from '../gateway-process.ts';
import { clientOfGateway, requiredVariable, startOzoneGateway } from './ozone-gateways.ts';
import { ozoneShell } from './ozone-shell.ts';

const conf = requiredVariable('OZONE_CONF_DIR');
const run = randomUUID().slice(0, 8);

jest.setTimeout(180_000);

let gateway: GatewayProcess;
let client: S3Client;

beforeAll(async () => {
  gateway = await startOzoneGateway(conf);
  client = clientOfGateway(gateway);
});
afterAll(async () => {
  client.destroy();
  await gateway.stop();
});

async function makeBucket(name: string, ...options: readonly string[]): Promise<string> {
  const bucket = `${name}-${run}`;
  await ozoneShell(conf, 'sh', 'bucket', 'create', ...options, `/s3v/${bucket}`);
  return bucket;
}

async function keysOf(Bucket: string): Promise<readonly (string | undefined)[]> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
  return Contents.map(({ Key }) => Key);
}

const put = (Bucket: string, Key: string, bytes: number): Promise<unknown> =>
  client.send(new PutObjectCommand({ Bucket, Key, Body: Buffer.alloc(bytes, 'x') }));

const refusal = (code: string, status: number) => ({ name: code, $metadata: { httpStatusCode: status } });

describe('a bucket whose keys are erasure coded', () => {
  it('takes no objects, and says so', async () => {
    const bucket = await makeBucket('coded', '--type', 'EC', '--replication', 'rs-3-2-1024k');
    const unsupported = refusal('NotImplemented', 501);
    await expect(put(bucket, 'small', 10)).rejects.toMatchObject(unsupported);
    const begun = client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: 'parts' }));
    await expect(begun).rejects.toMatchObject(unsupported);
    const source = await makeBucket('source');
    await put(source, 'object', 10);
    const copied = client.send(new CopyObjectCommand({ Bucket: bucket, Key: 'copy', CopySource: `${source}/object` }));
    await expect(copied).rejects.toMatchObject(unsupported);
    expect(await keysOf(bucket)).toEqual([]);
  });
});

describe('a bucket with a quota', () => {
  it('of bytes, of which the OM wants a whole block to begin with', async () => {
    const bucket = await makeBucket('bytes', '--space-quota', '1MB');
    await expect(put(bucket, 'beyond', 400_000)).rejects.toMatchObject(refusal('QuotaExceeded', 403));
    expect(await keysOf(bucket)).toEqual([]);
  });

  it('of keys', async () => {
    const bucket = await makeBucket('names', '--namespace-quota', '1');
    await put(bucket, 'first', 10);
    await expect(put(bucket, 'second', 10)).rejects.toMatchObject(refusal('QuotaExceeded', 403));
    expect(await keysOf(bucket)).toEqual(['first']);
    await gateway.server.printed(/"status":"QUOTA_EXCEEDED".*ozone sh bucket info/);
  });
});
