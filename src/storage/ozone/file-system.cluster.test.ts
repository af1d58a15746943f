import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { loadConfig } from '../../config/load.ts';
import { compareUtf8, ListFold } from '../../s3/list-window.ts';
import { bodyOf } from '../contract/body.ts';
import { callAs, codeOf, plainDraft } from '../contract/fixture.ts';
import type { ObjectStore } from '../port.ts';
import { openOzoneStore } from './index.ts';

jest.setTimeout(120_000);

const call = callAs('ada');
const bucket = `file-system-${process.pid}`;
const files = [
  ...['!x', '-', '0', 'a-', 'a--b/y', 'a-b/x', 'a.txt', 'a/b', 'a/b-/x', 'a/b.c', 'a/bb/c/d', 'a/bb/c-d', 'a0', 'b/c'],
  ...['\uff5e/1', '\u{1f600}/2', '\u{1f600}1', 'f__1', 'f__2', 'f__d/x', 'z', 'ä'],
];
const directories = [...new Set(files.flatMap(directoriesOf)), 'empty/'];
const keys = [...files, ...directories].sort(compareUtf8);

function directoriesOf(key: string): string[] {
  return [...key.matchAll(/\//g)].map(({ index }) => key.slice(0, index + 1));
}

let store: ObjectStore;

async function put(key: string, content: string): Promise<void> {
  await store.putObject(call, { bucket, key }, plainDraft, bodyOf(content));
}

async function remove(key: string): Promise<void> {
  await store.deleteObject(call, { bucket, key });
}

async function head(key: string): Promise<string> {
  return await codeOf(store.headObject(call, { bucket, key }));
}

interface Window {
  readonly prefix: string;
  readonly delimiter: string;
  readonly after?: string;
}

/** What a listing gives, in pages. */
async function walk(window: Window, limit: number): Promise<string[]> {
  const found: string[] = [];
  for (let after = window.after, more = true; more;) {
    const marker = after === undefined ? {} : { after };
    const page = await store.listObjects(call, bucket, { ...window, ...marker, limit });
    found.push(...[...page.objects.map(({ key }) => key), ...page.commonPrefixes].sort(compareUtf8));
    after = page.next;
    more = after !== undefined;
  }
  return found;
}

/** What S3 lists, by its definition. */
function expected({ prefix, delimiter, after = '' }: Window): string[] {
  const fold = new ListFold({ prefix, delimiter, limit: 0 });
  const names = keys.filter((key) => key.startsWith(prefix)).map((key) => fold.commonPrefixOf(key) ?? key);
  return [...new Set(names)].filter((name) => compareUtf8(name, after) > 0);
}

beforeAll(async () => {
  const confDir = process.env.OZONE_CONF_DIR;
  if (confDir === undefined) throw new Error('OZONE_CONF_DIR: the folder of a running Ozone’s ozone-site.xml');
  const flags = new Map([['--store', 'ozone']]);
  const { store: options } = loadConfig({ confDir, environment: {}, flags }).config;
  if (options.kind !== 'ozone') throw new Error(`a store of kind ${options.kind}`);
  const settings = { ...options.settings, defaultLayout: 'FILE_SYSTEM_OPTIMIZED' as const };
  store = openOzoneStore({ ...options, settings });
  await store.createBucket(call, bucket, []);
  await Promise.all(files.map((key) => put(key, key)));
  await put('empty/', '');
});

afterAll(async () => {
  await store.deleteObjects(call, bucket, await walk({ prefix: '', delimiter: '' }, 1000));
  await store.deleteBucket(call, bucket);
  await store.close();
});

describe('a bucket that is a file system', () => {
  it('is listed in the order of keys, with its directories', async () => {
    for (const prefix of ['', 'a', 'a/', 'a/b', 'a/bb/', 'empty/', 'z/', 'no/such', 'a//', '\u{1f600}']) {
      for (const delimiter of ['', '/', '__', '-']) {
        for (const limit of [3, 1000])
          expect(await walk({ prefix, delimiter }, limit)).toEqual(expected({ prefix, delimiter }));
      }
    }
  });
  it('is listed from any marker', async () => {
    for (const after of [
      '!',
      '.',
      '/',
      '../x',
      'a',
      'a-',
      'a-b',
      'a/',
      'a//',
      'a/b',
      'a/bb/',
      'a/bb/c/d',
      'a/zz',
      '\uff5e',
      'zz',
    ]) {
      for (const window of [
        { prefix: '', delimiter: '', after },
        { prefix: 'a', delimiter: '/', after },
      ]) {
        expect(await walk(window, 4)).toEqual(expected(window));
      }
    }
  });
  it('knows a directory by the slash, and a file by none', async () => {
    expect(await Promise.all(['a/', 'a', 'z', 'z/', 'a//b', './z', 'empty/'].map(head))).toEqual([
      ...['resolved', 'NoSuchKey', 'resolved', 'NoSuchKey', 'NoSuchKey', 'NoSuchKey', 'resolved'],
    ]);
    expect(await store.headObject(call, { bucket, key: 'a/' })).toMatchObject({
      key: 'a/',
      sizeBytes: 0,
      metadata: {},
    });
  });
  it('deletes what is named, and no directory that holds something', async () => {
    await Promise.all(['d/file', 'file'].map((key) => put(key, key)));
    for (const key of ['file/', 'd', 'd/', 'd//file', './file', 'd/other', 'other/']) await remove(key);
    expect(await Promise.all(['file', 'd/', 'd/file'].map(head))).toEqual(['resolved', 'resolved', 'resolved']);
    for (const key of ['file', 'd/file', 'd/']) await remove(key);
    expect(await Promise.all(['file', 'd/', 'd/file'].map(head))).toEqual(['NoSuchKey', 'NoSuchKey', 'NoSuchKey']);
  });
  it('deletes many, directories behind what is in them, and nothing that is not named', async () => {
    await Promise.all(['d/a', 'd/e/b', 'd/e/c', 'd/f/g', 'kept/x'].map((key) => put(key, key)));
    const named = ['d/', 'd/a', 'd/e/', 'd/e/b', 'd/e/c', 'd/f/', 'd/f/g', 'd/none', 'kept/', 'kept', 'kept/x/', 'd/a'];
    expect([...(await store.deleteObjects(call, bucket, named))]).toEqual([]);
    expect(await walk({ prefix: 'd', delimiter: '' }, 10)).toEqual([]);
    expect(await walk({ prefix: 'k', delimiter: '' }, 10)).toEqual(['kept/', 'kept/x']);
    await store.deleteObjects(call, bucket, ['kept/', 'kept/x']);
    expect(await walk({ prefix: 'k', delimiter: '' }, 10)).toEqual([]);
  });
  it('tags files alone', async () => {
    const tagsOf = async (key: string): Promise<string> =>
      await codeOf(store.setTags(call, { bucket, key }, [{ key: 'k', value: 'v' }]));
    expect(await Promise.all(['z', 'ä', 'z/', 'a/', 'a', 'none'].map(tagsOf))).toEqual([
      ...['resolved', 'resolved', 'NoSuchKey', 'NotImplemented', 'NoSuchKey', 'NoSuchKey'],
    ]);
    expect((await store.headObject(call, { bucket, key: 'ä' })).tags).toEqual([{ key: 'k', value: 'v' }]);
  });
});
