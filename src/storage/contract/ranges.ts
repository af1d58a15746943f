import { expect } from '@jest/globals';
import { bodyOf, patterned } from './body.ts';
import type { Theme } from './describe-object-store.ts';
import { plainDraft, type Fixture } from './fixture.ts';

const partBytes = 5 * 1024 ** 2;

async function putInParts(fixture: Fixture, key: string, bytes: Buffer): Promise<void> {
  const { store, call } = fixture;
  const upload = await store.createUpload(call, fixture.ref(key), plainDraft);
  const parts = [];
  for (let first = 0; first < bytes.length; first += partBytes) {
    parts.push(await store.putPart(call, upload, parts.length + 1, bodyOf(bytes.subarray(first, first + partBytes))));
  }
  await store.completeUpload(call, upload, parts, {});
}

async function expectRanges(fixture: Fixture, key: string, bytes: Buffer, at: readonly number[]): Promise<void> {
  for (const first of at) {
    for (const last of at.filter((end) => end >= first)) {
      const range = await fixture.get(key, { first, last });
      expect(range.equals(bytes.subarray(first, last + 1))).toBe(true);
    }
  }
}

export const ranges: Theme = {
  async 'of a small object'(fixture) {
    const bytes = patterned(1000);
    await fixture.put('k', bytes);
    await expectRanges(fixture, 'k', bytes, [0, 1, 500, 998, 999]);
  },
  async 'of a large object'(fixture) {
    const bytes = patterned(1024 ** 2 + 3);
    await fixture.put('k', bytes);
    await expectRanges(fixture, 'k', bytes, [0, 1, 262_143, 262_144, 700_000, 1024 ** 2 + 2]);
  },
  async 'of an object in parts, across their borders'(fixture) {
    const bytes = patterned(2 * partBytes + 100);
    await putInParts(fixture, 'k', bytes);
    await expectRanges(fixture, 'k', bytes, [0, partBytes - 1, partBytes, 2 * partBytes, 2 * partBytes + 99]);
  },
  async 'a reader may stop early'(fixture) {
    await fixture.put('k', patterned(3 * 1024 ** 2));
    const held = await fixture.store.openObject(fixture.call, fixture.ref('k'));
    for await (const chunk of held.read() as AsyncIterable<Uint8Array>) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    await held.close();
  },
};
