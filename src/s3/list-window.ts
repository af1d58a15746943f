/** A window on an ordered stream of keys: what every listing has. */
export interface FoldWindow {
  readonly prefix: string;
  /** Empty: no folding. */
  readonly delimiter: string;
  /** Keys and common prefixes up to and including this one are passed over. */
  readonly after?: string;
  /** Keys and common prefixes together. */
  readonly limit: number;
}

/** Where a reader of ordered keys has to stand: at a key or the next one, behind a key, or behind all that begin so. */
export type ListPosition =
  | { readonly kind: 'from'; readonly key: string }
  | { readonly kind: 'after'; readonly key: string }
  | { readonly kind: 'past'; readonly prefix: string };

/** What a key offered to a fold turned out to be. */
export type FoldedKey = 'object' | 'prefix' | 'end';

/**
 * Folds an ordered stream of keys into a page: the adapter reads keys from `start` on and offers each; after 'prefix'
 * it may seek to `resume`, behind all that the common prefix hides; after 'end' it stops and takes `commonPrefixes`
 * and `next`. Pure: any adapter can drive it, with synchronous or asynchronous reading.
 */
export class ListFold {
  readonly commonPrefixes: string[] = [];
  readonly #window: FoldWindow;
  #count = 0;
  #last: string | undefined;
  #truncated = false;

  constructor(window: FoldWindow) {
    this.#window = window;
  }

  get start(): ListPosition {
    const { after, prefix } = this.#window;
    if (after === undefined) return { kind: 'from', key: prefix };
    const folded = this.commonPrefixOf(after);
    if (folded !== undefined) return { kind: 'past', prefix: folded };
    return compareUtf8(after, prefix) < 0 ? { kind: 'from', key: prefix } : { kind: 'after', key: after };
  }

  /** Behind the common prefix offered last. */
  get resume(): ListPosition {
    return { kind: 'past', prefix: this.#last ?? this.#window.prefix };
  }

  /** The `after` of the next page; undefined when the stream was read to its end. */
  get next(): string | undefined {
    return this.#truncated ? this.#last : undefined;
  }

  offer(key: string): FoldedKey {
    if (!key.startsWith(this.#window.prefix)) return 'end';
    const folded = this.commonPrefixOf(key);
    if (folded !== undefined && folded === this.#last) return 'prefix';
    if (this.#count >= this.#window.limit) {
      this.#truncated = true;
      return 'end';
    }
    this.#count++;
    this.#last = folded ?? key;
    if (folded === undefined) return 'object';
    this.commonPrefixes.push(folded);
    return 'prefix';
  }

  /** The key up to and including the first delimiter behind the window's prefix. */
  commonPrefixOf(key: string): string | undefined {
    const { delimiter, prefix } = this.#window;
    if (delimiter === '' || !key.startsWith(prefix)) return undefined;
    const index = key.indexOf(delimiter, prefix.length);
    return index === -1 ? undefined : key.slice(0, index + delimiter.length);
  }
}

/** The order of S3's listings: by UTF-8 bytes, which JavaScript's `<` is not for characters beyond U+FFFF. */
export function compareUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** The least bytes that stand behind all bytes beginning with `prefix`: undefined for an empty one, or all 0xff. */
export function bytesPast(prefix: Buffer): Buffer | undefined {
  for (let length = prefix.length; length > 0; length--) {
    const last = prefix[length - 1] ?? 0xff;
    if (last === 0xff) continue;
    const past = Buffer.from(prefix.subarray(0, length));
    past[length - 1] = last + 1;
    return past;
  }
  return undefined;
}
