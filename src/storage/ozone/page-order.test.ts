import { describe, expect, it } from '@jest/globals';
import { compareUtf8 } from '../../s3/list-window.ts';
import { inByteOrder } from './page-order.ts';

const wide = '\uff5e';
const face = '\u{1f600}';

/** Answers as the OM does: so many from its database, by bytes, then sorted and cut by UTF-16. */
function answer(keys: readonly string[], after: string, limit: number): { entries: string[]; isTruncated: boolean } {
  const isKey = keys.includes(after);
  const behind = keys.filter((key) => compareUtf8(key, after) > 0).sort(compareUtf8);
  const taken = behind.slice(0, isKey ? limit : limit + 1);
  return { entries: taken.sort().slice(0, limit), isTruncated: behind.length > limit || taken.length > limit };
}

function readAll(keys: readonly string[], limit: number): string[] {
  const found: string[] = [];
  for (let after = '', more = true; more;) {
    const answered = answer(keys, after, limit);
    const page = inByteOrder(answered, (key) => key).filter((key) => compareUtf8(key, after) > 0);
    found.push(...page);
    after = page.at(-1) ?? after;
    more = answered.isTruncated && page.length > 0;
  }
  return found;
}

describe('an answer in the order of bytes', () => {
  it('is left alone where the orders agree', () => {
    const entries = ['a', 'b', '\ud7ff'];
    expect(inByteOrder({ entries, isTruncated: true }, (key) => key)).toBe(entries);
  });
  it.each([
    [['a', wide, face, `${face}a`]],
    [['a', `${wide}1`, `${wide}2`, `${face}1`, `${face}2`, `${face}3`, `${face}4`]],
    [['x', `x${wide}1`, `x${wide}2`, `x${wide}3`, `x${face}1`, `x${face}2`, 'y', 'z']],
    [[`${face}1`, `${face}2`, `${face}3`, `${face}4`, `${face}5`]],
    [[`${wide}1`, `${wide}2`, `${wide}3`, `${wide}4`, `${wide}5`]],
    [['a', `a${face}${wide}`, `a${face}${face}`, `a${wide}${face}`, `a${wide}${wide}`, 'b']],
  ])('leaves out none of %j', (keys) => {
    for (const limit of [2, 3, 4, 10]) expect(readAll(keys, limit)).toEqual([...keys].sort(compareUtf8));
  });
});
