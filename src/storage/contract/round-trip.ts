import { createHash } from 'node:crypto';
import { expect } from '@jest/globals';
import { bodyOf, patterned } from './body.ts';
import type { Theme } from './describe-object-store.ts';
import { codeOf, plainDraft, type Fixture } from './fixture.ts';

const sizes = [0, 1, 4096, 64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, 1024 ** 2 + 7, 9 * 1024 ** 2];

async function expectKept(fixture: Fixture, keys: readonly string[]): Promise<void> {
  for (const key of keys) await fixture.put(key, key);
  for (const key of keys) expect(await fixture.text(key)).toBe(key);
  expect((await fixture.keys()).sort()).toEqual([...keys].sort());
}

export const roundTrip: Theme = {
  async 'bodies of all sizes come back as they were'(fixture) {
    for (const size of sizes) {
      const bytes = patterned(size);
      const etag = createHash('md5').update(bytes).digest('hex');
      const put = await fixture.put(`size ${size}`, bytes);
      expect(put).toMatchObject({ etag, sizeBytes: size });
      expect(await fixture.head(`size ${size}`)).toMatchObject({ etag, sizeBytes: size, owner: 'ada' });
      expect((await fixture.get(`size ${size}`)).equals(bytes)).toBe(true);
    }
  },
  async 'bodies of unknown length too'(fixture) {
    const { store, call } = fixture;
    for (const size of sizes) {
      const bytes = patterned(size);
      const body = bodyOf(bytes, { sizeKnown: false, chunkBytes: 10_007 });
      await store.putObject(call, fixture.ref('k'), plainDraft, body);
      expect((await fixture.get('k')).equals(bytes)).toBe(true);
    }
  },
  async 'everything said of an object is kept'(fixture) {
    const { store, call } = fixture;
    const draft = {
      headers: {
        'content-type': 'text/plain',
        'cache-control': 'no-store',
        'content-encoding': 'gzip',
        'content-language': 'de',
        'content-disposition': 'inline',
        expires: 'never',
      },
      metadata: { a: 'ä €', constructor: 'b', ['__proto__']: 'c' },
      tags: [{ key: '__proto__', value: '' }],
      storageClass: 'STANDARD',
    };
    const put = await store.putObject(call, fixture.ref('k'), draft, bodyOf('x', { algorithm: 'SHA256' }));
    const info = await fixture.head('k');
    expect(info).toMatchObject({ ...draft, key: 'k' });
    expect(Object.keys(info.metadata).sort()).toEqual(Object.keys(draft.metadata).sort());
    expect(info.checksum).toEqual({
      algorithm: 'SHA256',
      type: 'FULL_OBJECT',
      value: createHash('sha256').update('x').digest('base64'),
    });
    expect(put.checksum).toEqual(info.checksum);
    expect(info.partsCount).toBeUndefined();
  },
  async 'any key is a key'(fixture) {
    const keys = [
      '/',
      '//',
      '../a',
      '.',
      'a/',
      'a//b',
      '%2F',
      ' a',
      '\t-',
      'ä',
      '\u{1f600}',
      'k'.repeat(1024),
      '\u{7f}',
    ];
    await expectKept(fixture, keys);
  },
  async 'a key of white space is a key'(fixture) {
    await expectKept(fixture, [' ', '\t', '  ']);
  },
  async 'a deleted object is gone, and may be deleted again'(fixture) {
    const { store, call } = fixture;
    for (const size of [10, 200_000]) {
      await fixture.put('k', patterned(size));
      await store.deleteObject(call, fixture.ref('k'));
      expect(await codeOf(fixture.head('k'))).toBe('NoSuchKey');
      expect(await codeOf(fixture.get('k'))).toBe('NoSuchKey');
      await store.deleteObject(call, fixture.ref('k'));
    }
  },
  async 'an object held and closed unread leaves nothing open'(fixture) {
    await fixture.put('k', patterned(200_000));
    for (let round = 0; round < 3; round++) {
      const held = await fixture.store.openObject(fixture.call, fixture.ref('k'));
      await held.close();
    }
    expect((await fixture.get('k')).length).toBe(200_000);
  },
};
