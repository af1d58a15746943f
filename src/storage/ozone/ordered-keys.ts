import { compareUtf8, type FoldWindow, type ListFold, type ListPosition } from '../../s3/list-window.ts';
import type { BasicKeyInfo } from './proto/om.ts';

export interface NamedKey {
  /** In S3: that of a directory ends in a slash. */
  readonly name: string;
  readonly info: BasicKeyInfo;
}

/** The keys of a bucket in the order of their UTF-8 bytes. */
export interface OrderedKeys {
  /** The next key, behind `jump` where that is given; undefined at the end. Rejects as OmClient.call does. */
  next(jump?: ListPosition): Promise<NamedKey | undefined>;
}

/** Of a bucket's keys, those from a position on that begin with a prefix. */
export interface KeySpan {
  readonly prefix: string;
  /** As ListFold gives it: never before the prefix. */
  readonly start: ListPosition;
  /** How many keys will be taken, if none is passed over. */
  readonly wanted: number;
  /** Whether there is a delimiter: `next` may be told to jump. */
  readonly mayPassOver: boolean;
}

/** What a page of a listing takes its keys from. */
export function spanOf({ prefix, delimiter, limit }: FoldWindow, { start }: ListFold): KeySpan {
  return { prefix, start, wanted: limit + 1, mayPassOver: delimiter !== '' };
}

/** Behind whatever begins with what is before it, or near enough: a key that goes on behind it is seen once more. */
export const highest = '\u{10ffff}';

/** Whether a listing that stands at a position gives a name. */
export function isAt(position: ListPosition, name: string): boolean {
  const text = textOf(position);
  const order = compareUtf8(name, text);
  if (position.kind === 'from') return order >= 0;
  return order > 0 && !(position.kind === 'past' && name.startsWith(text));
}

export function textOf(position: ListPosition): string {
  return position.kind === 'past' ? position.prefix : position.key;
}
