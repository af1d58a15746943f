import { expect } from '@jest/globals';
import type { Theme } from './describe-object-store.ts';
import { codeOf } from './fixture.ts';

export const tags: Theme = {
  async 'tags are replaced as a whole, and change nothing else'(fixture) {
    const { store, call } = fixture;
    await fixture.put('k', 'v');
    const before = await fixture.head('k');
    for (const set of [[{ key: 'a', value: '1' }], [{ key: 'b', value: '' }], []]) {
      await store.setTags(call, fixture.ref('k'), set);
      expect(await fixture.head('k')).toEqual({ ...before, tags: set });
    }
    expect(await fixture.text('k')).toBe('v');
  },
  async 'an absent object has none'(fixture) {
    expect(await codeOf(fixture.store.setTags(fixture.call, fixture.ref('k'), []))).toBe('NoSuchKey');
  },
  async 'an overwrite brings its own'(fixture) {
    await fixture.put('k', 'v');
    await fixture.store.setTags(fixture.call, fixture.ref('k'), [{ key: 'a', value: '1' }]);
    await fixture.put('k', 'w');
    expect((await fixture.head('k')).tags).toEqual([]);
  },
};
