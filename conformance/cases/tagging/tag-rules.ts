import type { Tag } from '@aws-sdk/client-s3';

export interface TagRow {
  readonly condition: string;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  readonly level?: 'extended';
}

const tag = (Key: string, Value: string): { Key: string; Value: string } => ({ Key, Value });

export const tagsOf = (count: number): { Key: string; Value: string }[] =>
  Array.from({ length: count }, (_, index) => tag(`key${String(index).padStart(2, '0')}`, String(index)));

/** In order of key, as a set has none. */
export const inOrder = (tags: readonly Tag[] | undefined): (string | undefined)[][] =>
  (tags ?? []).map(({ Key, Value }) => [Key, Value]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1));

/** Source: the limits in https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
export const allowedTags: readonly TagRow[] = [
  { condition: 'two-tags', tags: [tag('team', 'red'), tag('stage', 'test')] },
  { condition: 'empty-value', tags: [tag('flag', '')] },
  { condition: 'all-characters', tags: [tag('a b+c-d=e._:/@', 'A 9+-=._:/@')] },
  { condition: 'beyond-ascii', tags: [tag('größe', '大')] },
  { condition: 'keys-by-case', tags: [tag('Key', '1'), tag('key', '2')] },
  { condition: 'longest', tags: [tag('k'.repeat(128), 'v'.repeat(256))] },
];

export const forbiddenTags: readonly TagRow[] = [
  { condition: 'same-key-twice', tags: [tag('a', '1'), tag('a', '2')] },
  { condition: 'key-too-long', tags: [tag('k'.repeat(129), 'v')] },
  { condition: 'value-too-long', tags: [tag('k', 'v'.repeat(257))] },
  { condition: 'empty-key', level: 'extended', tags: [tag('', 'v')] },
  { condition: 'reserved-prefix', level: 'extended', tags: [tag('aws:team', 'red')] },
  { condition: 'forbidden-character', level: 'extended', tags: [tag('k?', 'v')] },
];
