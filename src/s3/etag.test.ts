import { describe, expect, it } from '@jest/globals';
import { bareEtag, matchesStrongly, matchesWeakly, parseEtagList, quoteEtag } from './etag.ts';

it('quotes', () => {
  expect(quoteEtag('abc-2')).toBe('"abc-2"');
});

it.each([
  ['"abc"', 'abc'],
  ['abc', 'abc'],
  [' "abc" ', 'abc'],
  ['"abc', '"abc'],
  ['""', ''],
  ['"', '"'],
])('bareEtag(%j) is %j', (text, expected) => {
  expect(bareEtag(text)).toBe(expected);
});

describe('parseEtagList', () => {
  const strong = (etag: string) => ({ etag, weak: false });
  it.each([
    ['*', '*'],
    [' * ', '*'],
    ['"a"', [strong('a')]],
    ['a', [strong('a')]],
    ['"a", "b"', [strong('a'), strong('b')]],
    ['a,b', [strong('a'), strong('b')]],
    ['"a,b"', [strong('a,b')]],
    ['W/"a"', [{ etag: 'a', weak: true }]],
    ['"a", W/"b", c', [strong('a'), { etag: 'b', weak: true }, strong('c')]],
    ['""', [strong('')]],
    ['', []],
    [',', []],
    ['"a', []],
  ])('reads %j', (value, expected) => {
    expect(parseEtagList(value)).toEqual(expected);
  });

  it('takes time linear in the header', () => {
    const before = performance.now();
    parseEtagList(`${' '.repeat(8000)}"`);
    parseEtagList('W/"a" '.repeat(2000));
    expect(performance.now() - before).toBeLessThan(200);
  });
});

it.each([
  ['"a"', true, true],
  ['a', true, true],
  ['*', true, true],
  ['"b", "a"', true, true],
  ['W/"a"', false, true],
  ['"A"', false, false],
  ['"b"', false, false],
  ['', false, false],
])('%j compared with a: strongly %s, weakly %s', (value, strongly, weakly) => {
  expect([matchesStrongly(value, 'a'), matchesWeakly(value, 'a')]).toEqual([strongly, weakly]);
});
