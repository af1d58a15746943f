import { expect } from '@jest/globals';
import { bodyOf, patterned } from './body.ts';
import type { Theme } from './describe-object-store.ts';
import { plainDraft, readAll, type Fixture } from './fixture.ts';

const large = 3 * 1024 ** 2;

async function readAcross(fixture: Fixture, change: () => Promise<unknown>): Promise<Buffer> {
  const held = await fixture.store.openObject(fixture.call, fixture.ref('k'));
  const chunks: Buffer[] = [];
  const bytes = held.read();
  if (bytes instanceof Uint8Array) {
    await change();
    return Buffer.from(bytes);
  }
  for await (const chunk of bytes) {
    if (chunks.length === 0) await change();
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks);
}

async function putInParts(fixture: Fixture, content: Buffer): Promise<void> {
  const { store, call } = fixture;
  const upload = await store.createUpload(call, fixture.ref('k'), plainDraft);
  const parts = [];
  for (const partNumber of [1, 2, 3]) {
    parts.push(await store.putPart(call, upload, partNumber, bodyOf(Buffer.concat([content, content]))));
  }
  await store.completeUpload(call, upload, parts, {});
}

export const overwriting: Theme = {
  async 'a read that has begun ends with the object it began with'(fixture) {
    for (const size of [100, large]) {
      const old = patterned(size);
      await fixture.put('k', old);
      const read = await readAcross(fixture, () => fixture.put('k', 'new'));
      expect(read.equals(old)).toBe(true);
      expect(await fixture.text('k')).toBe('new');
    }
  },
  async 'even when the object is deleted'(fixture) {
    const old = patterned(large);
    await fixture.put('k', old);
    const read = await readAcross(fixture, () => fixture.store.deleteObject(fixture.call, fixture.ref('k')));
    expect(read.equals(old)).toBe(true);
  },
  async 'and when it is in parts'(fixture) {
    const content = patterned(large);
    await putInParts(fixture, content);
    const read = await readAcross(fixture, async () => {
      await fixture.put('k', 'new');
      // Time for what the overwrite left to be cleared away.
      await new Promise((resolve) => setTimeout(resolve, 50));
    });
    expect(read.equals(Buffer.concat(Array.from({ length: 6 }, () => content)))).toBe(true);
  },
  async 'readers beside many overwrites see whole objects'(fixture) {
    const contents = Array.from({ length: 4 }, (_, index) => Buffer.alloc(100_000 + index, String(index)));
    await fixture.put('k', contents[0] ?? '');
    let writing = true;
    const writers = (async () => {
      for (let round = 0; round < 60; round++) await fixture.put('k', contents[round % 4] ?? '');
      writing = false;
    })();
    const readers = Array.from({ length: 4 }, async () => {
      while (writing) {
        const held = await fixture.store.openObject(fixture.call, fixture.ref('k'));
        const bytes = await readAll(held.read());
        expect(bytes.length).toBe(held.info.sizeBytes);
        expect(bytes.equals(Buffer.alloc(bytes.length, bytes[0]))).toBe(true);
      }
    });
    await Promise.all([writers, ...readers]);
  },
};
