import { compareUtf8 } from '../../s3/list-window.ts';

/**
 * The OM's database is in the order of UTF-8 bytes, as S3's listings are, and an answer takes from it what comes next in
 * that order, with what is not yet written to it. But then an answer is sorted, and cut, in the order of UTF-16 code
 * units. The orders part where one name has a character beyond U+FFFF and the other one of U+E000 to U+FFFF.
 */
export interface Answered<E> {
  readonly entries: readonly E[];
  /** Whether the OM has more behind these. */
  readonly isTruncated: boolean;
}

/** From U+D800 on the orders may part. */
const unusual = /[\ud800-\uffff]/;
const surrogate = /[\ud800-\udfff]/;

/**
 * The entries of an answer in the order of UTF-8 bytes, without those that others, not in it, may come before. The next
 * answer is to begin behind the last one.
 */
export function inByteOrder<E>(answered: Answered<E>, nameOf: (entry: E) => string): readonly E[] {
  const { entries, isTruncated } = answered;
  if (!entries.some((entry) => unusual.test(nameOf(entry)))) return entries;
  const sorted = [...entries].sort((a, b) => compareUtf8(nameOf(a), nameOf(b)));
  const last = entries.at(-1);
  if (!isTruncated || last === undefined) return sorted;
  const isComplete = completeBefore(nameOf(last));
  const complete = sorted.filter((entry) => isComplete(nameOf(entry)));
  // With none left, what begins behind an entry that exists has everything that follows it: the cut took nothing.
  return complete.length > 0 ? complete : sorted;
}

/** Whether no entry before a name can have been cut off, the last in the order of UTF-16 being `last`. */
function completeBefore(last: string): (name: string) => boolean {
  const index = last.search(surrogate);
  if (index === -1) return (name) => compareUtf8(name, last) <= 0;
  const bound = `${last.slice(0, index)}\ue000`;
  return (name) => compareUtf8(name, bound) < 0;
}
