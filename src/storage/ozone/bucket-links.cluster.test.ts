import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { loadConfig } from '../../config/load.ts';
import { bodyOf } from '../contract/body.ts';
import { callAs, codeOf, plainDraft, readAll } from '../contract/fixture.ts';
import type { ObjectStore } from '../port.ts';
import { openOzoneStore } from './index.ts';
import { OmClient } from './om/om-client.ts';

jest.setTimeout(60_000);

const call = callAs('ada');
const everything = { prefix: '', delimiter: '', limit: 1000 };
const source = `links-source-${process.pid}`;
const link = `links-link-${process.pid}`;
const chained = `links-chained-${process.pid}`;
const dangling = `links-dangling-${process.pid}`;
const circular = `links-circular-${process.pid}`;

let store: ObjectStore;
let om: OmClient;

async function linkTo(bucketName: string, sourceBucket: string): Promise<void> {
  const { volume, userPrincipal: owner } = await om.s3Context(call);
  const names = { volumeName: volume, bucketName, sourceVolume: volume, sourceBucket };
  const bucketInfo = { ...names, owner, isVersionEnabled: false, storageType: 1 };
  await om.call(call, 'CreateBucket', { bucketInfo });
}

beforeAll(async () => {
  const confDir = process.env.OZONE_CONF_DIR;
  if (confDir === undefined) throw new Error('OZONE_CONF_DIR: the folder of a running Ozone’s ozone-site.xml');
  const flags = new Map([['--store', 'ozone']]);
  const { store: options } = loadConfig({ confDir, environment: {}, flags }).config;
  if (options.kind !== 'ozone') throw new Error(`a store of kind ${options.kind}`);
  store = openOzoneStore(options);
  om = new OmClient({ ...options.om, log: call.log });
  await store.createBucket(call, source, []);
  await linkTo(link, source);
  await linkTo(chained, link);
  await linkTo(dangling, `${source}-that-is-not-there`);
  await linkTo(circular, circular);
});

afterAll(async () => {
  await store.deleteObject(call, { bucket: source, key: 'k' });
  for (const bucket of [dangling, circular, source]) await store.deleteBucket(call, bucket);
  await store.close();
  om.close();
});

describe('a bucket that is a link', () => {
  it('has the objects of its source', async () => {
    await store.putObject(call, { bucket: chained, key: 'k' }, plainDraft, bodyOf('content'));
    for (const bucket of [source, link, chained]) {
      expect(await store.headBucket(call, bucket)).toMatchObject({ name: bucket, owner: 'ada' });
      const { objects } = await store.listObjects(call, bucket, everything);
      expect(objects.map(({ key }) => key)).toEqual(['k']);
      const held = await store.openObject(call, { bucket, key: 'k' });
      expect((await readAll(held.read())).toString()).toBe('content');
    }
    await store.setTags(call, { bucket: link, key: 'k' }, [{ key: 'a', value: 'b' }]);
    expect((await store.headObject(call, { bucket: source, key: 'k' })).tags).toEqual([{ key: 'a', value: 'b' }]);
  });
  it('has a name that is taken, and no tags', async () => {
    for (const bucket of [link, circular])
      expect(await codeOf(store.createBucket(call, bucket, []))).toMatch(/^BucketAlready/);
    expect(await codeOf(store.setBucketTags(call, link, []))).toBe('NotImplemented');
    expect(await store.getBucketTags(call, link)).toBeUndefined();
  });
  it('is no bucket when its source is none, or itself', async () => {
    for (const bucket of [dangling, circular]) {
      expect(await codeOf(store.headBucket(call, bucket))).toBe('NoSuchBucket');
      expect(await codeOf(store.listObjects(call, bucket, everything))).toBe('NoSuchBucket');
      expect(await codeOf(store.headObject(call, { bucket, key: 'k' }))).toBe('NoSuchBucket');
      expect(await codeOf(store.deleteObject(call, { bucket, key: 'k' }))).toBe('NoSuchBucket');
      expect(await codeOf(store.putObject(call, { bucket, key: 'k' }, plainDraft, bodyOf('x')))).toBe('NoSuchBucket');
    }
    await expect(store.headBucket(call, dangling)).rejects.toThrow('a link to');
    await expect(store.headObject(call, { bucket: dangling, key: 'k' })).rejects.toThrow('a link to');
  });
  it('goes alone', async () => {
    for (const bucket of [chained, link]) await store.deleteBucket(call, bucket);
    expect(await codeOf(store.headBucket(call, link))).toBe('NoSuchBucket');
    expect(await codeOf(store.headObject(call, { bucket: source, key: 'k' }))).toBe('resolved');
  });
});
