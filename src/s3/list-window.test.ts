import { describe, expect, it } from '@jest/globals';
import { bytesPast, compareUtf8, ListFold, type FoldWindow, type ListPosition } from './list-window.ts';

const keys = ['a', 'a/1', 'a/2', 'b/', 'b/x/1', 'b/x/2', 'b/y', 'c', 'd//e', '\u{ff5e}', '\u{1f600}'];

function stands(key: string, position: ListPosition): boolean {
  if (position.kind === 'from') return compareUtf8(key, position.key) >= 0;
  if (position.kind === 'after') return compareUtf8(key, position.key) > 0;
  return compareUtf8(key, position.prefix) > 0 && !key.startsWith(position.prefix);
}

function list(window: FoldWindow): { objects: string[]; prefixes: string[]; next: string | undefined; read: number } {
  const fold = new ListFold(window);
  const objects: string[] = [];
  let position = fold.start;
  let read = 0;
  for (const key of keys.filter((name) => stands(name, fold.start))) {
    if (!stands(key, position)) continue;
    read++;
    const kind = fold.offer(key);
    if (kind === 'end') break;
    if (kind === 'prefix') position = fold.resume;
    else objects.push(key);
  }
  return { objects, prefixes: fold.commonPrefixes, next: fold.next, read };
}

const all = { prefix: '', delimiter: '', limit: 1000 };

describe('ListFold', () => {
  it.each<[string, FoldWindow, string[], string[], string | undefined]>([
    ['lists everything', all, keys, [], undefined],
    ['keeps to a prefix', { ...all, prefix: 'b/x' }, ['b/x/1', 'b/x/2'], [], undefined],
    ['folds', { ...all, delimiter: '/' }, ['a', 'c', '\u{ff5e}', '\u{1f600}'], ['a/', 'b/', 'd/'], undefined],
    ['folds behind a prefix', { ...all, prefix: 'b/', delimiter: '/' }, ['b/', 'b/y'], ['b/x/'], undefined],
    ['folds by longer delimiters', { ...all, prefix: 'd', delimiter: '//' }, [], ['d//'], undefined],
    ['counts prefixes', { ...all, delimiter: '/', limit: 2 }, ['a'], ['a/'], 'a/'],
    ['goes on behind a prefix', { ...all, delimiter: '/', after: 'a/', limit: 2 }, ['c'], ['b/'], 'c'],
    ['goes on from inside a prefix', { ...all, delimiter: '/', after: 'b/x/1', limit: 1 }, ['c'], [], 'c'],
    ['goes on behind a key', { ...all, after: 'b/x/1', limit: 2 }, ['b/x/2', 'b/y'], [], 'b/y'],
    ['ignores an after before the prefix', { ...all, prefix: 'b/', after: 'a/1', limit: 1 }, ['b/'], [], 'b/'],
    ['is empty when after is behind the prefix', { ...all, prefix: 'a', after: 'b' }, [], [], undefined],
    ['does not say more at the exact end', { ...all, prefix: 'a', limit: 3 }, ['a', 'a/1', 'a/2'], [], undefined],
    ['is empty and whole with limit 0', { ...all, limit: 0 }, [], [], undefined],
    ['orders by UTF-8 bytes', { ...all, after: '\u{ff5e}' }, ['\u{1f600}'], [], undefined],
  ])('%s', (_name, window, objects, prefixes, next) => {
    expect(list(window)).toMatchObject({ objects, prefixes, next });
  });

  it('reads one key of each common prefix', () => {
    expect(list({ ...all, delimiter: '/' }).read).toBe(7);
  });

  it('takes a common prefix once from a reader that does not seek', () => {
    const fold = new ListFold({ ...all, delimiter: '/', limit: 2 });
    expect(['a/1', 'a/2', 'b/1', 'b/2', 'c'].map((key) => fold.offer(key))).toEqual([
      'prefix',
      'prefix',
      'prefix',
      'prefix',
      'end',
    ]);
    expect(fold.commonPrefixes).toEqual(['a/', 'b/']);
    expect(fold.next).toBe('b/');
  });
});

describe('bytesPast', () => {
  it.each([
    ['61', '62'],
    ['612f', '6130'],
    ['61ff', '62'],
    ['f09f98bf', 'f09f98c0'],
  ])('%s -> %s', (prefix, past) => {
    expect(bytesPast(Buffer.from(prefix, 'hex'))?.toString('hex')).toBe(past);
  });

  it.each([[''], ['ff'], ['ffff']])('nothing stands behind %p', (prefix) => {
    expect(bytesPast(Buffer.from(prefix, 'hex'))).toBeUndefined();
  });
});
