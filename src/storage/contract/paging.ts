import { expect } from '@jest/globals';
import type { ObjectWindow } from '../values.ts';
import type { Theme } from './describe-object-store.ts';
import { bodyOf } from './body.ts';
import { plainDraft, type Fixture } from './fixture.ts';

const keys = ['a', 'b/1', 'b/2', 'b/c/1', 'b/c/2', 'b/d', 'c/1', 'd', 'e/', 'e/1', 'f::1', 'f::2'];

async function fill(fixture: Fixture): Promise<void> {
  for (const key of keys) await fixture.put(key, key);
}

/** All that listing finds, by pages of each limit. */
async function walk(fixture: Fixture, window: Omit<ObjectWindow, 'limit'>, limit: number): Promise<string[]> {
  const found: string[] = [];
  for (let after = window.after, more = true; more;) {
    const page = await fixture.store.listObjects(fixture.call, fixture.bucket, {
      ...window,
      limit,
      ...(after !== undefined && { after }),
    });
    const names = [...page.objects.map(({ key }) => key), ...page.commonPrefixes];
    expect(names.length).toBeLessThanOrEqual(limit);
    found.push(...names.sort());
    after = page.next;
    more = after !== undefined;
    if (more) expect(after).toBe(names.sort().at(-1));
  }
  return found;
}

export const paging: Theme = {
  async 'pages of any size give all keys once'(fixture) {
    await fill(fixture);
    for (const limit of [1, 2, 3, 5, 11, 12, 13, 1000]) {
      expect(await walk(fixture, { prefix: '', delimiter: '' }, limit)).toEqual(keys);
    }
  },
  async 'common prefixes are folded, counted and not given twice'(fixture) {
    await fill(fixture);
    for (const limit of [1, 2, 3, 7, 1000]) {
      const all = await walk(fixture, { prefix: '', delimiter: '/' }, limit);
      expect(all).toEqual(['a', 'b/', 'c/', 'd', 'e/', 'f::1', 'f::2']);
      expect(await walk(fixture, { prefix: 'b/', delimiter: '/' }, limit)).toEqual(['b/1', 'b/2', 'b/c/', 'b/d']);
      expect(await walk(fixture, { prefix: '', delimiter: '::' }, limit)).toContain('f::');
      expect(await walk(fixture, { prefix: 'e', delimiter: '/' }, limit)).toEqual(['e/']);
      expect(await walk(fixture, { prefix: 'e/', delimiter: '/' }, limit)).toEqual(['e/', 'e/1']);
    }
  },
  async 'a prefix, an after and a delimiter may be longer than any key'(fixture) {
    await fill(fixture);
    const long = 'b'.repeat(5000);
    expect(await walk(fixture, { prefix: long, delimiter: '' }, 2)).toEqual([]);
    expect(await walk(fixture, { prefix: '', delimiter: '', after: long }, 2)).toEqual(keys.slice(6));
    expect(await walk(fixture, { prefix: '', delimiter: long }, 2)).toEqual(keys);
    const uploads = { prefix: long, delimiter: '', keyMarker: long, limit: 2 };
    expect((await fixture.store.listUploads(fixture.call, fixture.bucket, uploads)).uploads).toEqual([]);
  },
  async 'listing starts behind after, whether or not it is a key'(fixture) {
    await fill(fixture);
    expect(await walk(fixture, { prefix: '', delimiter: '', after: 'c' }, 2)).toEqual(keys.slice(6));
    expect(await walk(fixture, { prefix: '', delimiter: '/', after: 'b/' }, 2)).toEqual([
      'c/',
      'd',
      'e/',
      'f::1',
      'f::2',
    ]);
    expect(await walk(fixture, { prefix: 'b', delimiter: '', after: 'z' }, 2)).toEqual([]);
    expect(await walk(fixture, { prefix: 'b/', delimiter: '', after: 'a' }, 9)).toHaveLength(5);
  },
  async 'a limit of nothing gives nothing, and no more'(fixture) {
    const { store, call, bucket } = fixture;
    await fixture.put('k', 'v');
    const page = await store.listObjects(call, bucket, { prefix: '', delimiter: '', limit: 0 });
    expect(page).toEqual({ objects: [], commonPrefixes: [] });
  },
  async 'a listed object is described as head describes it'(fixture) {
    await fixture.put('k', 'content');
    const { objects } = await fixture.store.listObjects(fixture.call, fixture.bucket, {
      prefix: '',
      delimiter: '',
      limit: 1,
    });
    const { checksum, key, sizeBytes, etag, lastModified, storageClass, owner } = await fixture.head('k');
    expect(objects).toEqual([
      {
        key,
        sizeBytes,
        etag,
        lastModified,
        storageClass,
        owner,
        checksumAlgorithm: checksum?.algorithm,
        checksumType: checksum?.type,
      },
    ]);
  },
  async 'one bucket’s listing does not run into the next'(fixture) {
    const { store, call, bucket } = fixture;
    await store.createBucket(call, `${bucket}-b`, []);
    await store.putObject(call, { bucket: `${bucket}-b`, key: 'other' }, plainDraft, bodyOf(''));
    await fixture.put('own', '');
    expect(await fixture.keys()).toEqual(['own']);
  },
};
