import type { ListObjectsCommandInput } from '@aws-sdk/client-s3';
import type { Feature } from '../../features.ts';

/** What both versions take alike. */
export type ListingInput = Pick<
  ListObjectsCommandInput,
  'Bucket' | 'Prefix' | 'Delimiter' | 'MaxKeys' | 'EncodingType' | 'ExpectedBucketOwner'
>;

export interface ListingRow {
  readonly condition: string;
  readonly feature: Feature;
  readonly level?: 'extended';
  readonly keys: readonly string[];
  readonly input: Omit<ListingInput, 'Bucket'>;
  readonly listed: readonly string[];
  readonly prefixes?: readonly string[];
  readonly isTruncated?: true;
}

const tree = ['a', 'b/1', 'b/2', 'c/d/3', 'e'];

/** UTF-8 binary order; by UTF-16 units the last two would change places. */
const byBytes = ['!', '0', 'B', 'a', 'a/', 'a/b', 'aa', '~', 'é', '\uff61', '\u{1f600}'];

/** What both versions answer alike. */
export const listingRows: readonly ListingRow[] = [
  { condition: 'byte-order', feature: 'listing', keys: byBytes.toReversed(), input: {}, listed: byBytes },
  { condition: 'empty-bucket', feature: 'listing', keys: [], input: {}, listed: [] },
  { condition: 'prefix', feature: 'listing', keys: tree, input: { Prefix: 'b/' }, listed: ['b/1', 'b/2'] },
  {
    condition: 'prefix-of-a-name',
    feature: 'listing',
    keys: ['ab', 'abc', 'b'],
    input: { Prefix: 'ab' },
    listed: ['ab', 'abc'],
  },
  { condition: 'prefix-is-a-key', feature: 'listing', keys: tree, input: { Prefix: 'e' }, listed: ['e'] },
  { condition: 'prefix-without-match', feature: 'listing', keys: tree, input: { Prefix: 'z' }, listed: [] },
  {
    condition: 'prefix-with-space-and-plus',
    feature: 'listing',
    keys: ['a b+c', 'a b c'],
    input: { Prefix: 'a b+' },
    listed: ['a b+c'],
  },
  {
    condition: 'folders',
    feature: 'listing-delimiter',
    keys: tree,
    input: { Delimiter: '/' },
    listed: ['a', 'e'],
    prefixes: ['b/', 'c/'],
  },
  {
    condition: 'folder-in-folder',
    feature: 'listing-delimiter',
    keys: tree,
    input: { Delimiter: '/', Prefix: 'c/' },
    listed: [],
    prefixes: ['c/d/'],
  },
  {
    condition: 'prefix-without-slash',
    feature: 'listing-delimiter',
    keys: tree,
    input: { Delimiter: '/', Prefix: 'b' },
    listed: [],
    prefixes: ['b/'],
  },
  {
    condition: 'folder-marker',
    feature: 'listing-delimiter',
    keys: ['d/', 'd/a', 'd/e/f'],
    input: { Delimiter: '/', Prefix: 'd/' },
    listed: ['d/', 'd/a'],
    prefixes: ['d/e/'],
  },
  {
    condition: 'other-character',
    feature: 'listing-delimiter',
    keys: ['a-b', 'a-c', 'b/c', 'd'],
    input: { Delimiter: '-' },
    listed: ['b/c', 'd'],
    prefixes: ['a-'],
  },
  {
    condition: 'several-characters',
    feature: 'listing-delimiter',
    keys: ['a::b', 'a::c', 'a:d'],
    input: { Delimiter: '::' },
    listed: ['a:d'],
    prefixes: ['a::'],
  },
  {
    condition: 'not-in-any-key',
    feature: 'listing-delimiter',
    keys: ['a', 'b'],
    input: { Delimiter: '/' },
    listed: ['a', 'b'],
  },
  {
    condition: 'adjacent-slashes',
    feature: 'listing-delimiter',
    level: 'extended',
    keys: ['/a', 'b//c', 'b/d'],
    input: { Delimiter: '/', Prefix: 'b/' },
    listed: ['b/d'],
    prefixes: ['b//'],
  },
  {
    condition: 'empty',
    feature: 'listing-delimiter',
    level: 'extended',
    keys: ['a/b', 'c'],
    input: { Delimiter: '' },
    listed: ['a/b', 'c'],
  },
  {
    condition: 'max-keys-1',
    feature: 'listing-pagination',
    keys: tree,
    input: { MaxKeys: 1 },
    listed: ['a'],
    isTruncated: true,
  },
  { condition: 'max-keys-exact', feature: 'listing-pagination', keys: tree, input: { MaxKeys: 5 }, listed: tree },
  {
    condition: 'max-keys-0',
    feature: 'listing-pagination',
    level: 'extended',
    keys: tree,
    input: { MaxKeys: 0 },
    listed: [],
  },
  {
    condition: 'folders-count-as-one',
    feature: 'listing-pagination',
    keys: tree,
    input: { Delimiter: '/', MaxKeys: 2 },
    listed: ['a'],
    prefixes: ['b/'],
    isTruncated: true,
  },
  {
    condition: 'folders-exact',
    feature: 'listing-pagination',
    keys: tree,
    input: { Delimiter: '/', MaxKeys: 4 },
    listed: ['a', 'e'],
    prefixes: ['b/', 'c/'],
  },
  {
    condition: 'url-keys',
    feature: 'listing-encoding',
    keys: ['é', 'f(3).png', 'g/h'],
    input: { EncodingType: 'url' },
    listed: ['f%283%29.png', 'g/h', '%C3%A9'],
  },
  {
    condition: 'xml-characters',
    feature: 'listing-encoding',
    keys: ['<a>&"b\'', 'c'],
    input: {},
    listed: ['<a>&"b\'', 'c'],
  },
];
