import { createHash, randomUUID } from 'node:crypto';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { GatewayProcess } from '../gateway-process.ts';
import { clientOf, clientOfGateway, requiredVariable, startOzoneGateway } from './ozone-gateways.ts';
import { ozoneShell } from './ozone-shell.ts';
import { PatternedObject } from './patterned-object.ts';

const mebibyte = 1024 * 1024;
const sizes = [0, 1, 4096, 4 * mebibyte - 1, 4 * mebibyte + 1, 20_000_000, 300_000_000];
const conf = requiredVariable('OZONE_CONF_DIR');
const run = randomUUID().slice(0, 8);
const bucket = `interop-${run}`;
const tree = `interop-${run}-fso`;

jest.setTimeout(300_000);

let gateway: GatewayProcess;
let ours: S3Client;
let theirs: S3Client;

beforeAll(async () => {
  gateway = await startOzoneGateway(conf);
  ours = clientOfGateway(gateway);
  const { accessKey, secretKey } = gateway.endpoint;
  theirs = clientOf(requiredVariable('OZONE_REFERENCE_ENDPOINT'), accessKey, secretKey);
  await ours.send(new CreateBucketCommand({ Bucket: bucket }));
  await ozoneShell(conf, 'sh', 'bucket', 'create', '--layout', 'FILE_SYSTEM_OPTIMIZED', `/s3v/${tree}`);
});
afterAll(async () => {
  ours.destroy();
  theirs.destroy();
  await gateway.stop();
});

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

async function put(client: S3Client, place: { Bucket: string; Key: string }, object: PatternedObject): Promise<void> {
  await client.send(new PutObjectCommand({ ...place, Body: object.stream(), ContentLength: object.sizeBytes }));
}

async function difference(
  client: S3Client,
  place: { Bucket: string; Key: string; PartNumber?: number },
  object: PatternedObject,
): Promise<string | undefined> {
  const { Body } = await client.send(new GetObjectCommand(place));
  return object.differenceFrom(Body as AsyncIterable<Uint8Array>);
}

describe.each([
  ['ours', 'theirs'],
  ['theirs', 'ours'],
] as const)('what %s stores, %s reads', (from, to) => {
  const writes = (): S3Client => (from === 'ours' ? ours : theirs);
  const reads = (): S3Client => (to === 'ours' ? ours : theirs);

  it.each(sizes)('%i bytes', async (size) => {
    const place = { Bucket: bucket, Key: `${from}/${size}` };
    const object = new PatternedObject(size);
    await put(writes(), place, object);
    expect(await difference(reads(), place, object)).toBeUndefined();
    const head = await reads().send(new HeadObjectCommand(place));
    expect(head).toMatchObject({ ETag: `"${object.md5()}"`, ContentLength: size });
  });

  it('in several blocks', async () => {
    const info = await ozoneShell(conf, 'sh', 'key', 'info', `/s3v/${bucket}/${from}/300000000`);
    const { ozoneKeyLocations } = JSON.parse(info.slice(info.indexOf('{'))) as { ozoneKeyLocations: unknown[] };
    expect(ozoneKeyLocations.length).toBeGreaterThan(2);
  });

  it('a range across blocks', async () => {
    const object = new PatternedObject(300_000_000);
    const place = { Bucket: bucket, Key: `${from}/300000000` };
    const [first, last] = [250 * mebibyte, 270 * mebibyte];
    const { Body } = await reads().send(new GetObjectCommand({ ...place, Range: `bytes=${first}-${last}` }));
    const received = Buffer.from((await Body?.transformToByteArray()) ?? []);
    expect(received.equals(object.bytes().subarray(first, last + 1))).toBe(true);
  });

  it('parts, whole and one by one', async () => {
    const place = { Bucket: bucket, Key: `${from}/parts` };
    const parts = [5 * mebibyte, 6 * mebibyte + 1, 17].map((size, index) => new PatternedObject(size, index + 1));
    const { UploadId } = await writes().send(new CreateMultipartUploadCommand(place));
    const Parts = [];
    for (const [index, part] of parts.entries()) {
      const upload = { ...place, UploadId, PartNumber: index + 1, Body: part.bytes() };
      const { ETag } = await writes().send(new UploadPartCommand(upload));
      Parts.push({ PartNumber: index + 1, ETag });
    }
    await writes().send(new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload: { Parts } }));
    for (const [index, part] of parts.entries()) {
      expect(await difference(reads(), { ...place, PartNumber: index + 1 }, part)).toBeUndefined();
    }
    const { Body, ETag } = await reads().send(new GetObjectCommand(place));
    expect(ETag).toMatch(/^"[0-9a-f]{32}-3"$/);
    const received = Buffer.from((await Body?.transformToByteArray()) ?? []);
    expect(received.equals(Buffer.concat(parts.map((part) => part.bytes())))).toBe(true);
  });

  it('metadata and tags', async () => {
    const place = { Bucket: bucket, Key: `${from}/described` };
    const described = { Metadata: { colour: 'blue', etag: 'mine' }, Tagging: 'a=1&b=two' };
    await writes().send(new PutObjectCommand({ ...place, ...described, Body: 'x' }));
    const { Metadata, ETag } = await reads().send(new HeadObjectCommand(place));
    // Ozone's own shows what else a key's metadata hold, too.
    expect(Metadata).toMatchObject(described.Metadata);
    expect(ETag).toBe(`"${md5('x')}"`);
    const { TagSet } = await reads().send(new GetObjectTaggingCommand(place));
    expect(TagSet).toEqual([
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: 'two' },
    ]);
  });

  it('a tree of directories', async () => {
    const keys = [`${from}/a/b/c`, `${from}/a-b`, `${from}/a.txt`];
    for (const Key of keys) await put(writes(), { Bucket: tree, Key }, new PatternedObject(100));
    for (const Key of keys) {
      expect(await difference(reads(), { Bucket: tree, Key }, new PatternedObject(100))).toBeUndefined();
    }
    const { Contents = [] } = await reads().send(new ListObjectsV2Command({ Bucket: tree, Prefix: `${from}/` }));
    expect(Contents.map(({ Key }) => Key)).toEqual(expect.arrayContaining(keys));
  });

  it('a link to a bucket of another volume', async () => {
    const name = `linked-${from}`;
    await ozoneShell(conf, 'sh', 'volume', 'create', `/${name}-${run}`);
    await ozoneShell(conf, 'sh', 'bucket', 'create', '--layout', 'OBJECT_STORE', `/${name}-${run}/source`);
    await ozoneShell(conf, 'sh', 'bucket', 'link', `/${name}-${run}/source`, `/s3v/${name}-${run}`);
    const place = { Bucket: `${name}-${run}`, Key: 'through/a/link' };
    const object = new PatternedObject(5 * mebibyte);
    await put(writes(), place, object);
    expect(await difference(reads(), place, object)).toBeUndefined();
    const listing = await reads().send(new ListObjectsV2Command({ Bucket: place.Bucket }));
    expect(listing.Contents?.map(({ Key, Size }) => [Key, Size])).toEqual([[place.Key, object.sizeBytes]]);
  });

  it('a copy', async () => {
    const place = { Bucket: bucket, Key: `${from}/copied` };
    await writes().send(
      new CopyObjectCommand({ ...place, CopySource: `${bucket}/${encodeURIComponent(from)}/20000000` }),
    );
    expect(await difference(reads(), place, new PatternedObject(20_000_000))).toBeUndefined();
  });
});
