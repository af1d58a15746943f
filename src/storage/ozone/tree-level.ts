import { compareUtf8, type ListPosition } from '../../s3/list-window.ts';
import { isPathName } from './key-names.ts';
import { highest, textOf } from './ordered-keys.ts';
import { inByteOrder } from './page-order.ts';
import type { BasicKeyInfo } from './proto/om.ts';

/** What lies in a directory. */
export interface Child {
  /** Without the path, and without a slash. */
  readonly name: string;
  readonly isDirectory: boolean;
  readonly info: BasicKeyInfo;
}

/**
 * Children of a directory from the name `from` on, in the order of names, at most `count`; none when there is no such
 * directory. `path` is empty or ends in a slash.
 */
export type ReadDirectory = (path: string, from: string, count: number) => Promise<readonly Child[]>;

export interface LevelOptions {
  readonly path: string;
  /** Of the listing: children beyond it are not read. */
  readonly prefix: string;
  /** Where to begin, when that is among the keys of this directory; the directory that it lies in is left out. */
  readonly start: ListPosition | undefined;
  /** How many children to read at once. */
  readonly count: () => number;
  readonly read: ReadDirectory;
}

/** An OM that gives fewer children at once than its configuration here says still gives these. */
const leastGiven = 250;

/**
 * A directory's children in the order of S3's keys. The OM gives them in the order of names, where `a` is before `a-b`;
 * but a directory's key is `a/`, which is behind `a-b`. So a directory is held back until names have passed it.
 */
export class TreeLevel {
  readonly path: string;
  readonly #options: LevelOptions;
  /** Directories that are held back: each begins with the one below it, and comes before it. */
  #held: Child[] = [];
  /** Names of which each may be a directory that is to be held back, though it is before the first that is read. */
  #passed: readonly string[] = [];
  /** The least name that is not yet read. */
  #from = '';
  #page: readonly Child[] = [];
  #index = 0;
  #isEnd = false;

  constructor(options: LevelOptions) {
    this.path = options.path;
    this.#options = options;
    if (options.start !== undefined) this.#begin(options.start);
  }

  async next(): Promise<Child | undefined> {
    if (this.#passed.length > 0) await Promise.all([this.#findPassed(), this.#readPage()]);
    for (;;) {
      const held = this.#held.at(-1);
      if (held !== undefined && compareUtf8(`${held.name}/`, this.#nextName()) < 0) return this.#held.pop();
      if (this.#index >= this.#page.length && !this.#isEnd) {
        await this.#readPage();
        continue;
      }
      const child = this.#page[this.#index++];
      if (child === undefined) return this.#held.pop();
      if (!child.isDirectory) return child;
      this.#held.push(child);
    }
  }

  /** Goes on behind all that begins with a prefix. */
  seek(jump: ListPosition): void {
    const isHidden = ({ name, isDirectory }: Child): boolean =>
      (this.path + name + (isDirectory ? '/' : '')).startsWith(textOf(jump));
    this.#held = this.#held.filter((child) => !isHidden(child));
    for (let child = this.#page[this.#index]; child && isHidden(child); child = this.#page[this.#index]) this.#index++;
    if (this.#index >= this.#page.length && !this.#isEnd) {
      const from = firstName(this.path, jump);
      if (compareUtf8(this.#from, from) < 0) this.#from = from;
    }
  }

  /** No name that is still to come is before it. */
  #nextName(): string {
    return this.#page[this.#index]?.name ?? (this.#isEnd ? highest : this.#from);
  }

  #begin(start: ListPosition): void {
    this.#from = firstName(this.path, start);
    const rest = textOf(start).slice(this.path.length);
    const [first = ''] = rest.split('/', 1);
    // Such directories' keys are behind the start, in spite of their names: their slash is behind what follows there.
    const passed = [...first.matchAll(/[^/-\u{10ffff}]/gu)].map(({ index }) => first.slice(0, index));
    const isWanted = start.kind === 'from' && rest === `${first}/`;
    this.#passed = [...passed, ...(isWanted ? [first] : [])].filter(isPathName);
  }

  async #findPassed(): Promise<void> {
    let names = this.#passed;
    this.#passed = [];
    for (let name = names[0]; name !== undefined; name = names[0]) {
      const entries = await this.#options.read(this.path, name, 2);
      const [child] = inByteOrder({ entries, isTruncated: false }, nameOf);
      if (child === undefined) return;
      if (child.name === name && child.isDirectory) this.#held.push(child);
      names = names.slice(1).filter((later) => compareUtf8(later, child.name) >= 0);
    }
  }

  async #readPage(): Promise<void> {
    const { prefix, read } = this.#options;
    const count = this.#options.count();
    const next = this.path + this.#from;
    if (!next.startsWith(prefix) && compareUtf8(next, prefix) > 0) {
      this.#isEnd = true;
      return;
    }
    const entries = await read(this.path, this.#from, count);
    const isTruncated = entries.length >= Math.min(count, leastGiven);
    const named = entries.filter(({ name }) => compareUtf8(name, this.#from) >= 0);
    this.#page = inByteOrder({ entries: named, isTruncated }, nameOf);
    this.#index = 0;
    const last = this.#page.at(-1);
    this.#isEnd = !isTruncated || last === undefined;
    if (last !== undefined) this.#from = `${last.name}\u0001`;
  }
}

function nameOf({ name }: Child): string {
  return name;
}

/** The least name in a directory, of those whose keys are all at a position or behind it. */
function firstName(path: string, position: ListPosition): string {
  const rest = textOf(position).slice(path.length);
  const slash = rest.indexOf('/');
  // The character behind the slash, which no name has in it.
  if (slash !== -1) return `${rest.slice(0, slash)}0`;
  return position.kind === 'past' ? rest + highest : rest;
}
