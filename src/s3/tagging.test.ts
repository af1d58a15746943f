import { describe, expect, it } from '@jest/globals';
import type { Tag } from './object-attributes.ts';
import { checkBucketTags, checkObjectTags, parseTaggingHeader } from './tagging.ts';

function tags(count: number): Tag[] {
  return Array.from({ length: count }, (_, index) => ({ key: `k${index}`, value: 'v' }));
}

function code(action: () => unknown): unknown {
  try {
    action();
    return 'taken';
  } catch (error) {
    return (error as { code?: string }).code;
  }
}

describe('checkObjectTags', () => {
  it.each<[string, readonly Tag[], string]>([
    ['none', [], 'taken'],
    ['ten', tags(10), 'taken'],
    ['eleven', tags(11), 'BadRequest'],
    ['an empty value', [{ key: 'a', value: '' }], 'taken'],
    ['letters, spaces, numbers and signs', [{ key: 'Äß 1+-=._:/@', value: '漢字 ٣' }], 'taken'],
    ['an empty key', [{ key: '', value: 'a' }], 'InvalidTag'],
    ['a key of 128', [{ key: 'a'.repeat(128), value: '' }], 'taken'],
    ['a key of 129', [{ key: 'a'.repeat(129), value: '' }], 'InvalidTag'],
    ['a value of 256', [{ key: 'a', value: 'b'.repeat(256) }], 'taken'],
    ['a value of 257', [{ key: 'a', value: 'b'.repeat(257) }], 'InvalidTag'],
    ['another sign in a key', [{ key: 'a&b', value: '' }], 'InvalidTag'],
    ['another sign in a value', [{ key: 'a', value: 'b!' }], 'InvalidTag'],
    ['a line end', [{ key: 'a\n', value: '' }], 'InvalidTag'],
    ['a key of AWS', [{ key: 'aws:a', value: '' }], 'InvalidTag'],
    ['a key of AWS in capitals', [{ key: 'AWS:a', value: '' }], 'InvalidTag'],
    ['a key twice', [...tags(1), ...tags(1)], 'InvalidTag'],
    [
      'keys that differ in case',
      [
        { key: 'a', value: '' },
        { key: 'A', value: '' },
      ],
      'taken',
    ],
  ])('judges %s', (_what, given, expected) => {
    expect(
      code(() => {
        checkObjectTags(given);
      }),
    ).toBe(expected);
  });
});

describe('checkBucketTags', () => {
  it.each([
    [50, 'taken'],
    [51, 'BadRequest'],
  ])('judges %d', (count, expected) => {
    expect(
      code(() => {
        checkBucketTags(tags(count));
      }),
    ).toBe(expected);
  });
});

describe('parseTaggingHeader', () => {
  it.each<[string | undefined, readonly Tag[]]>([
    [undefined, []],
    ['', []],
    ['a=1', [{ key: 'a', value: '1' }]],
    [
      'a=1&b=2',
      [
        { key: 'a', value: '1' },
        { key: 'b', value: '2' },
      ],
    ],
    ['a', [{ key: 'a', value: '' }]],
    ['a=', [{ key: 'a', value: '' }]],
    ['a=b=c', [{ key: 'a', value: 'b=c' }]],
    ['a+b=c%20d%2B', [{ key: 'a b', value: 'c d+' }]],
    ['%C3%A4=%E6%BC%A2', [{ key: 'ä', value: '漢' }]],
  ])('reads %s', (header, expected) => {
    expect(parseTaggingHeader(header)).toEqual(expected);
  });

  it.each([
    ['a=%zz', 'InvalidArgument'],
    ['a=%ff', 'InvalidArgument'],
    ['a=1&a=2', 'InvalidArgument'],
    ['=1', 'InvalidTag'],
    ['a=1&', 'InvalidTag'],
    ['a=%26', 'InvalidTag'],
    [
      tags(11)
        .map(({ key }) => key)
        .join('&'),
      'BadRequest',
    ],
  ])('refuses %s', (header, expected) => {
    expect(code(() => parseTaggingHeader(header))).toBe(expected);
  });
});
