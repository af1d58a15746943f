import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { requestHead } from '../s3/request-head.ts';
import { bodyOf } from '../storage/contract/body.ts';
import { callAs, plainDraft } from '../storage/contract/fixture.ts';
import { openLocalStore } from '../storage/local/index.ts';
import type { ObjectStore } from '../storage/port.ts';
import { parseXml } from '../xml/read.ts';
import { deleteObjects } from './delete-objects.ts';

let dir: string;
let store: ObjectStore;
const call = callAs('ada');
const bucket = 'bucket';

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'delete-objects-'));
  store = await openLocalStore({ dir, role: 'server' });
  await store.createBucket(call, bucket, []);
});

afterAll(async () => {
  await store.close();
  await rm(dir, { recursive: true });
});

beforeEach(async () => {
  for (const key of ['a', 'b', 'c']) await store.putObject(call, { bucket, key }, plainDraft, bodyOf(key));
});

async function remaining(): Promise<string[]> {
  const page = await store.listObjects(call, bucket, { prefix: '', delimiter: '', limit: 10 });
  return page.objects.map(({ key }) => key);
}

/** What is answered, as `[element, key, code]`. */
async function answer(
  list: string,
  headers: Record<string, string> = { 'content-md5': 'x' },
  inBucket = bucket,
): Promise<unknown> {
  const response = await deleteObjects.handle({
    store,
    call,
    bucket: inBucket,
    request: { method: 'POST', ...requestHead(headers) },
    body: bodyOf(list),
    settings: { region: 'us-east-1', url: 'http://localhost/bucket' },
  });
  if (typeof response.body !== 'string') throw new Error('the answer is no document');
  return parseXml(response.body).children.map((entry) => [
    entry.name,
    ...['Key', 'VersionId', 'Code'].flatMap((name) => entry.children.find((child) => child.name === name)?.text ?? []),
  ]);
}

function objects(...inner: string[]): string {
  return `<Delete>${inner.map((text) => `<Object>${text}</Object>`).join('')}</Delete>`;
}

describe('deleteObjects', () => {
  it('deletes what is there and what is not', async () => {
    expect(await answer(objects('<Key>a</Key>', '<Key>nothing</Key>', '<Key>a</Key>'))).toEqual([
      ['Deleted', 'a'],
      ['Deleted', 'nothing'],
      ['Deleted', 'a'],
    ]);
    expect(await remaining()).toEqual(['b', 'c']);
  });

  it('says of each key what became of it', async () => {
    const list = objects(
      '<Key>a</Key><ETag>"0cc175b9c0f1b6a831c399e269772661"</ETag>',
      '<Key>b</Key><ETag>0cc175b9c0f1b6a831c399e269772661</ETag>',
      '<Key>nothing</Key><ETag>0cc175b9c0f1b6a831c399e269772661</ETag>',
      '<Key>c</Key><VersionId>x</VersionId>',
      `<Key>c</Key><VersionId>${'x'.repeat(32)}</VersionId>`,
      '<Key>c</Key><VersionId/>',
      `<Key>${'k'.repeat(1025)}</Key>`,
    );
    expect(await answer(list)).toEqual([
      ['Deleted', 'a'],
      ['Error', 'b', 'PreconditionFailed'],
      ['Error', 'nothing', 'NoSuchKey'],
      ['Error', 'c', 'x', 'InvalidArgument'],
      ['Error', 'c', 'x'.repeat(32), 'NoSuchVersion'],
      ['Error', 'c', '', 'NoSuchVersion'],
      ['Error', 'k'.repeat(1025), 'KeyTooLongError'],
    ]);
    expect(await remaining()).toEqual(['b', 'c']);
  });

  it('takes the version null for the object', async () => {
    expect(await answer(objects('<Key>a</Key><VersionId>null</VersionId>'))).toEqual([['Deleted', 'a', 'null']]);
    expect(await remaining()).toEqual(['b', 'c']);
  });

  it('tells only errors where it is to be quiet', async () => {
    const list =
      '<Delete><Quiet>true</Quiet><Object><Key>a</Key></Object><Object><Key>b</Key><ETag>e</ETag></Object></Delete>';
    expect(await answer(list)).toEqual([['Error', 'b', 'PreconditionFailed']]);
    expect(await remaining()).toEqual(['b', 'c']);
  });

  it.each<[string, Record<string, string>, string]>([
    ['nothing to check it by', {}, 'InvalidRequest'],
    ['only the name of an algorithm', { 'x-amz-sdk-checksum-algorithm': 'CRC32' }, 'InvalidRequest'],
    ['an MD5', { 'content-md5': 'x' }, 'taken'],
    ['a checksum', { 'x-amz-checksum-crc32': 'x' }, 'taken'],
    ['a checksum in the trailer', { 'x-amz-trailer': 'x-amz-checksum-crc32' }, 'taken'],
  ])('judges a list with %s', async (_what, headers, expected) => {
    const code = await answer(objects('<Key>a</Key>'), headers).then(
      () => 'taken',
      (error: unknown) => (error as { code: string }).code,
    );
    expect([code, await remaining()]).toEqual([expected, expected === 'taken' ? ['b', 'c'] : ['a', 'b', 'c']]);
  });

  it.each([
    ['nothing', '', 'MissingRequestBodyError'],
    ['no keys', '<Delete/>', 'MalformedXML'],
    ['broken XML', objects('<Key>a</Key>').slice(0, -1), 'MalformedXML'],
    ['1001 keys', objects(...Array.from({ length: 1001 }, () => '<Key>a</Key>')), 'MalformedXML'],
    ['too much', `<Delete>${' '.repeat(8 * 1024 * 1024)}</Delete>`, 'MaxMessageLengthExceeded'],
  ])('deletes nothing for a list of %s', async (_what, list, code) => {
    await expect(answer(list)).rejects.toMatchObject({ code });
    expect(await remaining()).toEqual(['a', 'b', 'c']);
  });

  it('asks for the bucket first', async () => {
    await expect(answer(objects('<Key>a</Key>'), { 'content-md5': 'x' }, 'nowhere')).rejects.toMatchObject({
      code: 'NoSuchBucket',
    });
  });
});
