import { describe, expect, it } from '@jest/globals';
import Long from 'long';
import { compareUtf8 } from '../../s3/list-window.ts';
import { expectedNames, listNames, walkNames } from './ordered-keys.fixture.ts';
import type { KeySpan } from './ordered-keys.ts';
import type { BasicKeyInfo } from './proto/om.ts';
import { TreeKeys } from './tree-keys.ts';
import type { Child } from './tree-level.ts';

function infoOf(keyName: string): BasicKeyInfo {
  const zero = Long.ZERO;
  const replication = { type: 1, factor: 3, ecReplicationConfig: null };
  const times = { creationTime: zero, modificationTime: zero, dataSize: zero };
  return { ...replication, ...times, keyName, eTag: '', ownerName: '', isEncrypted: false, isFile: true };
}

/** A file system of these files, and the directories that they lie in. */
class FakeOm {
  calls = 0;
  readonly keys: readonly string[];
  readonly #children = new Map<string, Map<string, boolean>>();
  readonly #sorted = new Map<string, readonly Child[]>();

  readonly #mostGiven: number;

  constructor(keys: readonly string[], mostGiven = 1000) {
    this.#mostGiven = mostGiven;
    for (const key of keys) this.#add(key);
    this.keys = [...this.#children].flatMap(([path, children]) =>
      [...children].map(([name, isDirectory]) => path + name + (isDirectory ? '/' : '')),
    );
  }

  #add(key: string): void {
    const name = key.split('/').at(key.endsWith('/') ? -2 : -1) ?? '';
    const path = key.slice(0, key.length - name.length - (key.endsWith('/') ? 1 : 0));
    const children = this.#children.get(path) ?? new Map<string, boolean>();
    this.#children.set(path, children.set(name, children.get(name) === true || key.endsWith('/')));
    if (path !== '') this.#add(path);
  }

  readonly read = (path: string, from: string, count: number): Promise<Child[]> => {
    this.calls++;
    const children = this.#inOrder(path);
    const first = children.findIndex(({ name }) => compareUtf8(name, from) >= 0);
    const given = first === -1 ? [] : children.slice(first, first + Math.min(count, this.#mostGiven));
    return Promise.resolve(given.sort((a, b) => (a.name < b.name ? -1 : 1)));
  };

  #inOrder(path: string): readonly Child[] {
    const known = this.#sorted.get(path);
    if (known !== undefined) return known;
    const children = [...(this.#children.get(path) ?? [])].sort(([a], [b]) => compareUtf8(a, b));
    const found = children.map(([name, isDirectory]) => ({ name, isDirectory, info: infoOf(path + name) }));
    this.#sorted.set(path, found);
    return found;
  }
}

const keysOf = (om: FakeOm, mostGiven?: number) => (span: KeySpan) => new TreeKeys(om.read, span, mostGiven);

const wide = '\uff5e';
const face = '\u{1f600}';
const many = Array.from({ length: 300 }, (_, index) => `m/${String(index).padStart(3, '0')}-x`);
const files = [
  ...['!x', '-', '0', ' ', 'a/b', 'a/b.c', 'a/b-/x', 'a/b/c/d', 'a/b/c-d', 'a-', 'a-/x', 'a--b/y', 'a.txt', 'a0', 'b/'],
  ...[`${wide}/1`, `${face}/2`, `${face}1`, 'f::1', 'f::2', 'f::d/x', 'n/\u{10ffff}/x', 'deep/'.repeat(20)],
];
const tree = new FakeOm([...files, ...many]);

describe('keys of a file system in the order of their bytes', () => {
  it.each([
    '',
    'a',
    'a/',
    'a/b',
    'a/b/',
    'a/b-',
    'a/b/c/d',
    'a-/',
    'm/',
    'm/30',
    'z',
    'a//',
    '/',
    '../',
    ' ',
    'deep/deep/',
  ])('begin with %j', async (prefix) => {
    for (const delimiter of ['', '/', '::', 'b', '-']) {
      for (const limit of ['', 'm/'].includes(prefix) ? [40, 1000] : [1, 2, 7]) {
        const window = { prefix, delimiter };
        expect(await walkNames(keysOf(tree), window, limit)).toEqual(expectedNames(tree.keys, window));
      }
    }
  });
  it.each([
    ...[
      '',
      '!',
      ' ',
      '.',
      '/',
      '//',
      './x',
      '../x',
      '0',
      'a',
      'a-',
      'a-b',
      'a--b',
      'a/',
      'a//',
      'a/b',
      'a/b/',
      'a/b/c',
    ],
    ...['a/b/c/', 'a/b/c/d', 'a/b/x/y', 'a/b0', 'a/zz', 'a0/b', 'm/300', 'm/300-x/y', wide, face, `${face}/2`, 'zz/z'],
  ])('go on behind %j', async (after) => {
    for (const prefix of ['', 'a', 'a/', 'm/30']) {
      for (const delimiter of ['', '/', '-']) {
        const window = { prefix, delimiter, after };
        expect(await walkNames(keysOf(tree), window, 50)).toEqual(expectedNames(tree.keys, window));
      }
    }
  });
  it('are all given by an OM that gives few children at once', async () => {
    const om = new FakeOm(
      Array.from({ length: 500 }, (_, index) => `d/${index}`),
      100,
    );
    const window = { prefix: '', delimiter: '' };
    expect(await walkNames(keysOf(om, 100), window, 1000)).toEqual(expectedNames(om.keys, window));
  });
  it('are not read where a common prefix hides them', async () => {
    const om = new FakeOm(Array.from({ length: 5000 }, (_, index) => `d/${index}`).concat('a', 'z/z', 'z/y'));
    expect((await listNames(keysOf(om), { prefix: '', delimiter: '/', limit: 1000 })).found).toEqual(['a', 'd/', 'z/']);
    expect((await listNames(keysOf(om), { prefix: 'd/', delimiter: '/', limit: 3 })).found).toEqual([
      'd/',
      'd/0',
      'd/1',
    ]);
    expect(om.calls).toBeLessThan(6);
  });
});
