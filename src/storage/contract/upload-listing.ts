import { expect } from '@jest/globals';
import type { UploadInfo, UploadWindow } from '../values.ts';
import type { Theme } from './describe-object-store.ts';
import { plainDraft, type Fixture } from './fixture.ts';

async function begin(fixture: Fixture, keys: readonly string[]): Promise<UploadInfo[]> {
  const uploads: UploadInfo[] = [];
  for (const key of keys) uploads.push(await fixture.store.createUpload(fixture.call, fixture.ref(key), plainDraft));
  return uploads;
}

async function walk(fixture: Fixture, window: Omit<UploadWindow, 'limit'>, limit: number): Promise<string[]> {
  const found: string[] = [];
  let next: { keyMarker: string; uploadIdMarker?: string } | undefined;
  do {
    const page = await fixture.store.listUploads(fixture.call, fixture.bucket, { ...window, ...next, limit });
    found.push(...page.uploads.map(({ key, uploadId }) => `${key} ${uploadId}`), ...page.commonPrefixes);
    next = page.next;
  } while (next !== undefined);
  return found;
}

const plain = { prefix: '', delimiter: '' };

export const uploadListing: Theme = {
  async 'uploads are listed by key, then in the order of their beginning'(fixture) {
    const uploads = await begin(fixture, ['b', 'a', 'b', 'b', 'a/1', '\u{1f600}', '\u{ff5e}']);
    const order = [1, 4, 0, 2, 3, 6, 5].map((index) => uploads[index]);
    const expected = order.map((upload) => `${upload?.key ?? ''} ${upload?.uploadId ?? ''}`);
    for (const limit of [1, 2, 3, 1000]) expect(await walk(fixture, plain, limit)).toEqual(expected);
    const page = await fixture.store.listUploads(fixture.call, fixture.bucket, { ...plain, limit: 1000 });
    expect(page.uploads).toEqual(order);
  },
  async 'common prefixes are folded'(fixture) {
    await begin(fixture, ['a/1', 'a/2', 'b', 'c/1']);
    for (const limit of [1, 2, 3, 1000]) {
      const found = await walk(fixture, { prefix: '', delimiter: '/' }, limit);
      expect(found.map((name) => name.split(' ')[0]).sort()).toEqual(['a/', 'b', 'c/']);
    }
    expect(await walk(fixture, { prefix: 'a/', delimiter: '/' }, 1)).toHaveLength(2);
  },
  async 'a key marker alone passes over all uploads of its key'(fixture) {
    const [first] = await begin(fixture, ['a', 'a', 'b']);
    expect(await walk(fixture, { ...plain, keyMarker: 'a' }, 10)).toHaveLength(1);
    const behindFirst = { ...plain, keyMarker: 'a', uploadIdMarker: first?.uploadId ?? '' };
    expect(await walk(fixture, behindFirst, 10)).toHaveLength(2);
    expect(await walk(fixture, { ...plain, prefix: 'b' }, 10)).toHaveLength(1);
  },
};
