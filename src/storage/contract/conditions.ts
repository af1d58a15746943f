import { expect } from '@jest/globals';
import { bodyOf, patterned } from './body.ts';
import type { Theme } from './describe-object-store.ts';
import { codeOf, plainDraft } from './fixture.ts';

const asNew = { ifNoneMatch: '*' } as const;

export const conditions: Theme = {
  async 'if-none-match writes only what is not there'(fixture) {
    await fixture.put('k', 'first', asNew);
    for (const content of ['second', patterned(200_000)]) {
      expect(await codeOf(fixture.put('k', content, asNew))).toBe('PreconditionFailed');
    }
    expect(await fixture.text('k')).toBe('first');
  },
  async 'if-match writes only over that object'(fixture) {
    expect(await codeOf(fixture.put('k', 'x', { ifMatch: 'etag' }))).toBe('NoSuchKey');
    const { etag } = await fixture.put('k', 'first');
    expect(await codeOf(fixture.put('k', 'x', { ifMatch: 'other' }))).toBe('PreconditionFailed');
    const second = await fixture.put('k', 'second', { ifMatch: etag });
    expect(await codeOf(fixture.put('k', 'x', { ifMatch: etag }))).toBe('PreconditionFailed');
    await fixture.put('k', 'third', { ifMatch: '*' });
    expect(await codeOf(fixture.put('k', 'x', { ifMatch: second.etag }))).toBe('PreconditionFailed');
    expect(await fixture.text('k')).toBe('third');
  },
  async 'if-match deletes only that object'(fixture) {
    const { store, call } = fixture;
    if (!store.capabilities.conditionalDelete) return;
    expect(await codeOf(store.deleteObject(call, fixture.ref('k'), { ifMatch: '*' }))).toBe('NoSuchKey');
    const { etag } = await fixture.put('k', 'x');
    expect(await codeOf(store.deleteObject(call, fixture.ref('k'), { ifMatch: 'other' }))).toBe('PreconditionFailed');
    await store.deleteObject(call, fixture.ref('k'), { ifMatch: etag });
    expect(await codeOf(fixture.head('k'))).toBe('NoSuchKey');
  },
  async 'of 20 first writes at once exactly one wins'(fixture) {
    for (const size of [10, 100_000]) {
      const key = `raced ${size}`;
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, async (_, index) => {
          const content = Buffer.alloc(size, String.fromCharCode(97 + index));
          return { content, code: await codeOf(fixture.put(key, content, asNew)) };
        }),
      );
      const winners = outcomes.filter(({ code }) => code === 'resolved');
      expect(winners).toHaveLength(1);
      expect((await fixture.get(key)).equals(winners[0]?.content ?? Buffer.alloc(0))).toBe(true);
      expect(outcomes.filter(({ code }) => code === 'PreconditionFailed')).toHaveLength(19);
    }
  },
  async 'of 20 replacements of one object at once exactly one wins'(fixture) {
    const { etag } = await fixture.put('k', 'start');
    const puts = Array.from({ length: 20 }, (_, index) => codeOf(fixture.put('k', `new ${index}`, { ifMatch: etag })));
    expect((await Promise.all(puts)).filter((code) => code === 'resolved')).toHaveLength(1);
  },
  async 'completing an upload may be conditional, and can be tried again'(fixture) {
    const { store, call } = fixture;
    const upload = await store.createUpload(call, fixture.ref('k'), plainDraft);
    const parts = [await store.putPart(call, upload, 1, bodyOf('parts'))];
    await fixture.put('k', 'in the way');
    expect(await codeOf(store.completeUpload(call, upload, parts, { condition: asNew }))).toBe('PreconditionFailed');
    expect(await fixture.text('k')).toBe('in the way');
    const { etag } = await fixture.head('k');
    await store.completeUpload(call, upload, parts, { condition: { ifMatch: etag } });
    expect(await fixture.text('k')).toBe('parts');
  },
};
