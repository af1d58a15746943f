import { expect } from '@jest/globals';
import type { Theme } from './describe-object-store.ts';

export const ordering: Theme = {
  async 'keys are listed in the order of their UTF-8 bytes'(fixture) {
    const keys = ['\u{1f600}', '\u{ff5e}', 'Z', 'a', 'a/', 'a-', 'a0', 'ä', '\u{20ac}', '\u{10ffff}', 'aa', 'a\t'];
    for (const key of keys) await fixture.put(key, '');
    const bytes = (key: string): Buffer => Buffer.from(key);
    expect(await fixture.keys()).toEqual([...keys].sort((a, b) => Buffer.compare(bytes(a), bytes(b))));
  },
  async 'after passes over keys in that order too'(fixture) {
    for (const key of ['\u{ff5e}', '\u{1f600}', '\u{1f601}']) await fixture.put(key, '');
    const { store, call, bucket } = fixture;
    const page = await store.listObjects(call, bucket, { prefix: '', delimiter: '', after: '\u{1f600}', limit: 9 });
    expect(page.objects.map(({ key }) => key)).toEqual(['\u{1f601}']);
  },
};
