import { expect } from '@jest/globals';
import type { Theme } from './describe-object-store.ts';
import { codeOf } from './fixture.ts';

export const deletingMany: Theme = {
  async 'many objects go at once, and with them what is not there'(fixture) {
    const { store, call, bucket } = fixture;
    const keys = Array.from({ length: 40 }, (_, index) => `k/${index}`);
    await Promise.all(keys.map((key) => fixture.put(key, key)));
    await fixture.put('stays', '');
    const failures = await store.deleteObjects(call, bucket, [...keys, 'absent', 'k/1', 'k/1']);
    expect([...failures]).toEqual([]);
    expect(await fixture.keys()).toEqual(['stays']);
    expect([...(await store.deleteObjects(call, bucket, []))]).toEqual([]);
  },
  async 'what cannot be deleted keeps nothing else from going'(fixture) {
    const { store, call, bucket } = fixture;
    const tooLong = 'k'.repeat(1025);
    await Promise.all(['a', 'b', '/', 'a/', ' a'].map((key) => fixture.put(key, key)));
    const failures = await store.deleteObjects(call, bucket, ['a', tooLong, '/', 'a/', ' ', ' a']);
    expect([...failures.keys()].filter((key) => key !== tooLong)).toEqual([]);
    expect(await fixture.keys()).toEqual(['b']);
  },
  async 'of a bucket that is not there nothing is deleted'({ store, call }) {
    expect(await codeOf(store.deleteObjects(call, 'no-such-bucket', ['k']))).toBe('NoSuchBucket');
  },
};
