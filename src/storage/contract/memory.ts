import { expect } from '@jest/globals';
import { endlessBody } from './body.ts';
import type { Theme } from './describe-object-store.ts';
import { plainDraft } from './fixture.ts';

const mebibyte = 1024 ** 2;
const objectBytes = 256 * mebibyte;

export const memory: Theme = {
  async '256 MiB go through with less than 64 MiB more of memory'(fixture) {
    const { store, call } = fixture;
    await fixture.put('warm', Buffer.alloc(mebibyte));
    const before = process.memoryUsage().rss;
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 5);
    try {
      await store.putObject(call, fixture.ref('k'), plainDraft, endlessBody(objectBytes));
      let readBytes = 0;
      const held = await store.openObject(call, fixture.ref('k'));
      for await (const chunk of held.read() as AsyncIterable<Uint8Array>) readBytes += chunk.length;
      expect(readBytes).toBe(objectBytes);
    } finally {
      clearInterval(watch);
    }
    expect((peak - before) / mebibyte).toBeLessThan(64);
  },
};
