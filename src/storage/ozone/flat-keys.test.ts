import { describe, expect, it } from '@jest/globals';
import Long from 'long';
import { compareUtf8 } from '../../s3/list-window.ts';
import { FlatKeys, type FlatRequest } from './flat-keys.ts';
import { isBlank } from './key-names.ts';
import { expectedNames, listNames, walkNames } from './ordered-keys.fixture.ts';
import type { KeySpan } from './ordered-keys.ts';
import type { BasicKeyInfo } from './proto/om.ts';

function infoOf(keyName: string): BasicKeyInfo {
  const zero = Long.ZERO;
  const replication = { type: 1, factor: 3, ecReplicationConfig: null };
  const times = { creationTime: zero, modificationTime: zero, dataSize: zero };
  return { ...replication, ...times, keyName, eTag: '', ownerName: '', isEncrypted: false, isFile: true };
}

/** As the OM names keys in its database: `/` like none, and so do prefixes and starts. */
function stored(key: string): string {
  return isBlank(key) || key === '/' ? '' : key;
}

class FakeOm {
  calls = 0;
  /** Keys in all answers. */
  given = 0;
  readonly #keys: readonly string[];

  constructor(keys: readonly string[]) {
    this.#keys = [...keys].sort((a, b) => compareUtf8(stored(a), stored(b)));
  }

  readonly ask = ({ prefix, startKey, count }: FlatRequest) => {
    this.calls++;
    const hasStart = !isBlank(startKey);
    const from = hasStart ? stored(startKey) : stored(prefix);
    const found = this.#keys.filter(
      (key) => stored(key).startsWith(stored(prefix)) && compareUtf8(stored(key), from) >= 0,
    );
    const taken = found.slice(0, count + 1).sort((a, b) => (stored(a) < stored(b) ? -1 : 1));
    const behind = taken.filter((key) => !hasStart || stored(key) !== from);
    const entries = behind.slice(0, count).map(infoOf);
    this.given += entries.length;
    return Promise.resolve({ entries, isTruncated: taken.length > count });
  };
}

const keysOf = (om: FakeOm) => (span: KeySpan) => new FlatKeys(om.ask, span);

const wide = '\uff5e';
const face = '\u{1f600}';
const many = Array.from({ length: 60 }, (_, index) => `m/${String(index).padStart(2, '0')}`);
const keys = ['!x', '-', '/', '//', '/a', '0', ' a', '\t\u0001', 'a', 'a-', 'a/', 'a/b', 'a/b/c', 'a::b', wide, face];
const privates = Array.from({ length: 20 }, (_, index) => `\ue000${index}`);
const all = [...keys, ...many, ...privates, `n${wide}`, `n${face}/1`, `n${face}/2`, `n\u{10ffff}/x`, 'a\u{10ffff}b'];
const prefixes = ['', '/', ' ', '\t', 'a', 'a/', 'a/b', 'm/', 'm/3', 'n', 'z', `n${face}`, '\u2028', '\ue000'];

describe('keys in the order of their bytes', () => {
  it.each(prefixes)('begin with %j', async (prefix) => {
    for (const delimiter of ['', '/', '::', 'b', '\u{10ffff}']) {
      for (const limit of [1, 2, 7, 1000]) {
        const window = { prefix, delimiter };
        expect(await walkNames(keysOf(new FakeOm(all)), window, limit)).toEqual(expectedNames(all, window));
      }
    }
  });
  it.each(['', '!', ' ', '\t', '.', '/', '//', '0', 'a', 'a/', 'a/zz', 'm/3', wide, face, 'zz'])(
    'go on behind %j',
    async (after) => {
      for (const prefix of ['', '/', 'a', 'm/']) {
        for (const delimiter of ['', '/']) {
          const window = { prefix, delimiter, after };
          expect(await walkNames(keysOf(new FakeOm(all)), window, 3)).toEqual(expectedNames(all, window));
        }
      }
    },
  );
  it('are not read where a common prefix hides them', async () => {
    const om = new FakeOm(['a', 'z', ...Array.from({ length: 50_000 }, (_, index) => `d/${index}`)]);
    expect((await listNames(keysOf(om), { prefix: '', delimiter: '/', limit: 1000 })).found).toEqual(['a', 'd/', 'z']);
    expect(om.calls).toBeLessThan(5);
  });
  it('are read sparingly where common prefixes hide nearly all', async () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `p${index % 10}/${index}`);
    const om = new FakeOm(names);
    expect((await listNames(keysOf(om), { prefix: '', delimiter: '/', limit: 1000 })).found).toHaveLength(10);
    expect(om.calls).toBeLessThanOrEqual(11);
    expect(om.given).toBeLessThan(250);
  });
});
