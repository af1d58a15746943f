import { compareUtf8, type ListPosition } from '../../s3/list-window.ts';
import { isBlank } from './key-names.ts';
import { highest, isAt, textOf, type KeySpan, type NamedKey, type OrderedKeys } from './ordered-keys.ts';
import { inByteOrder, type Answered } from './page-order.ts';
import type { BasicKeyInfo } from './proto/om.ts';

/** What ListKeysLight is asked: keys that begin with `prefix`, behind `startKey`, where those are not empty. */
export interface FlatRequest {
  readonly prefix: string;
  readonly startKey: string;
  readonly count: number;
}

type Ask = (request: FlatRequest) => Promise<Answered<BasicKeyInfo>>;

/** The OM keeps the key `/` as one without a name: before all others. */
const slash = '/';
const maxCount = 1000;
const minCount = 8;
/** Where much may be passed over, less is asked for at first. */
const firstCountOfMany = 128;

/** The keys of a bucket that is no file system: by ListKeysLight. */
export class FlatKeys implements OrderedKeys {
  readonly #ask: Ask;
  readonly #prefix: string;
  /** Nothing before it is given. */
  #floor: ListPosition;
  /** What the OM is asked next begins here, or somewhat before: not every text can be said to it. */
  #cursor: ListPosition;
  #page: readonly BasicKeyInfo[] = [];
  #index = 0;
  /** How many keys may still be asked for. */
  #wanted: number;
  #count: number;
  #isEnd = false;
  /** The key `/`, until its turn; undefined until it was looked for. */
  #slash: { readonly info: BasicKeyInfo | undefined } | undefined;

  constructor(ask: Ask, { prefix, start, wanted, mayPassOver }: KeySpan) {
    this.#ask = ask;
    this.#prefix = prefix;
    this.#floor = start;
    this.#cursor = start;
    this.#wanted = wanted;
    this.#count = mayPassOver ? firstCountOfMany : maxCount;
    if (!slash.startsWith(prefix) || !isAt(start, slash)) this.#slash = { info: undefined };
  }

  async next(jump?: ListPosition): Promise<NamedKey | undefined> {
    if (jump !== undefined) this.#jump(jump);
    this.#wanted--;
    while (this.#index >= this.#page.length && !this.#isEnd) await this.#read();
    const found = this.#page[this.#index];
    if (found === undefined || compareUtf8(slash, found.keyName) < 0) {
      const held = await this.#takeSlash();
      if (held !== undefined) return { name: slash, info: held };
    }
    this.#index++;
    return found && { name: found.keyName, info: found };
  }

  #jump(jump: ListPosition): void {
    this.#floor = jump;
    const from = this.#index;
    while (this.#index < this.#page.length && !isAt(jump, this.#page[this.#index]?.keyName ?? '')) this.#index++;
    if (this.#index < this.#page.length) return;
    // What is passed over was read in vain: when it was the most of a page, far less is asked for next.
    if ((this.#index - from) * 2 > this.#page.length) {
      this.#count = Math.max(minCount, Math.floor(this.#page.length / 16));
    }
    const last = this.#page.at(-1);
    if (last === undefined || compareUtf8(last.keyName, startOf(jump)) < 0) this.#cursor = jump;
  }

  async #read(): Promise<void> {
    const request = requestFor(this.#prefix, this.#cursor);
    const { entries, isTruncated } = await this.#ask({ ...request, count: this.#countNow() });
    if (request.prefix === '' && request.startKey === '') this.#noteSlash(entries);
    const wanted = entries.filter(({ keyName }) => keyName !== slash && isAt(this.#floor, keyName));
    const page = inByteOrder({ entries: wanted, isTruncated }, ({ keyName }) => keyName);
    this.#page = page;
    this.#index = 0;
    this.#count = Math.min(this.#count * 4, maxCount);
    this.#isEnd = !isTruncated || entries.some(({ keyName }) => this.#isBehindPrefix(keyName));
    if (!this.#isEnd) this.#advance(page.length > 0 ? page : entries);
  }

  #countNow(): number {
    return Math.max(Math.min(this.#count, this.#wanted + 1), minCount);
  }

  #advance(entries: readonly BasicKeyInfo[]): void {
    const last = entries.at(-1)?.keyName ?? '';
    if (compareUtf8(last, startOf(this.#cursor)) < 0) {
      throw new Error(
        `the OM lists nothing behind ${JSON.stringify(textOf(this.#cursor))}, yet says that there is more`,
      );
    }
    this.#cursor = { kind: 'after', key: last };
  }

  #isBehindPrefix(name: string): boolean {
    return name !== slash && !name.startsWith(this.#prefix) && compareUtf8(name, this.#prefix) > 0;
  }

  #noteSlash(entries: readonly BasicKeyInfo[]): void {
    this.#slash ??= { info: entries.find(({ keyName }) => keyName === slash) };
  }

  async #takeSlash(): Promise<BasicKeyInfo | undefined> {
    if (this.#slash === undefined) {
      this.#noteSlash((await this.#ask({ prefix: '', startKey: '', count: 1 })).entries);
    }
    const info = this.#slash?.info;
    this.#slash = { info: undefined };
    return info;
  }
}

function requestFor(prefix: string, cursor: ListPosition): Omit<FlatRequest, 'count'> {
  const sent = isUnsaid(prefix) ? '' : prefix;
  const isFirst = cursor.kind === 'from' && cursor.key === sent;
  return { prefix: sent, startKey: isFirst ? '' : startOf(cursor) };
}

/** What the OM is to begin behind. */
function startOf(cursor: ListPosition): string {
  if (cursor.kind === 'past') return cursor.prefix + highest;
  return cursor.kind === 'from' || isUnsaid(cursor.key) ? before(cursor.key) : cursor.key;
}

/** What the OM takes for no prefix, or for no start. */
function isUnsaid(text: string): boolean {
  return isBlank(text) || text === slash;
}

/** A text that is before `text`, but behind nearly all that is. */
function before(text: string): string {
  const last = Array.from(text).at(-1);
  if (last === undefined) return '';
  const code = last.codePointAt(0) ?? 1;
  // What is just before it would be half of a surrogate pair.
  return text.slice(0, -last.length) + String.fromCodePoint(code === 0xe000 ? 0xd7ff : code - 1) + highest;
}
