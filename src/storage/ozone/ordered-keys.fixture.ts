import { compareUtf8, ListFold, type FoldWindow } from '../../s3/list-window.ts';
import { spanOf, type KeySpan, type OrderedKeys } from './ordered-keys.ts';

type KeysOf = (span: KeySpan) => OrderedKeys;

export interface ListedNames {
  /** Keys and common prefixes. */
  readonly found: readonly string[];
  readonly next: string | undefined;
}

/** One page of a listing. Throws when the keys are not in their order. */
export async function listNames(keysOf: KeysOf, window: FoldWindow): Promise<ListedNames> {
  const fold = new ListFold(window);
  const keys = keysOf(spanOf(window, fold));
  const found: string[] = [];
  let last: string | undefined;
  for (let key = await keys.next(); key !== undefined;) {
    if (last !== undefined && compareUtf8(last, key.name) >= 0) throw new Error(`${key.name} behind ${last}`);
    last = key.name;
    const kind = fold.offer(key.name);
    if (kind === 'end') break;
    if (kind === 'object') found.push(key.name);
    key = await keys.next(kind === 'prefix' ? fold.resume : undefined);
  }
  return { found: [...found, ...fold.commonPrefixes].sort(compareUtf8), next: fold.next };
}

/** What a listing gives, in pages of at most `limit` names. */
export async function walkNames(keysOf: KeysOf, window: Omit<FoldWindow, 'limit'>, limit: number): Promise<string[]> {
  const all: string[] = [];
  for (let after = window.after, more = true; more;) {
    const { found, next } = await listNames(keysOf, { ...window, limit, ...(after !== undefined && { after }) });
    if (found.length > limit) throw new Error(`a page of ${found.length} names, and not of ${limit}`);
    all.push(...found);
    after = next;
    more = next !== undefined;
  }
  return all;
}

/** What S3 lists, by its definition. */
export function expectedNames(
  keys: readonly string[],
  { prefix, delimiter, after }: Omit<FoldWindow, 'limit'>,
): string[] {
  const fold = new ListFold({ prefix, delimiter, limit: 0 });
  const names = keys.filter((key) => key.startsWith(prefix)).map((key) => fold.commonPrefixOf(key) ?? key);
  return [...new Set(names)].filter((name) => after === undefined || compareUtf8(name, after) > 0).sort(compareUtf8);
}
