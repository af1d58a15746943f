import type { ListPosition } from '../../s3/list-window.ts';
import { isPathName } from './key-names.ts';
import { isAt, textOf, type KeySpan, type NamedKey, type OrderedKeys } from './ordered-keys.ts';
import { TreeLevel, type ReadDirectory } from './tree-level.ts';

/** So many children of a directory are held at the first levels of a tree, and less of each the deeper it goes. */
const heldChildren = 4000;
const maxCount = 1000;
const minCount = 16;

/**
 * The keys of a bucket that is a file system: a walk of its directories by ListStatusLight. A directory is a key whose
 * name ends in a slash, as in Ozone's own gateway.
 */
export class TreeKeys implements OrderedKeys {
  readonly #read: ReadDirectory;
  readonly #prefix: string;
  readonly #mostGiven: number;
  readonly #levels: TreeLevel[] = [];
  /** How many keys may still be asked for. */
  #wanted: number;
  #floor: ListPosition;

  /** `mostGiven`: the OM gives no more children at once. */
  constructor(read: ReadDirectory, { prefix, start, wanted }: KeySpan, mostGiven = maxCount) {
    this.#read = read;
    this.#mostGiven = mostGiven;
    this.#prefix = prefix;
    this.#wanted = wanted;
    this.#floor = start;
    // For a prefix that is a directory, the directory itself is a key too: it lies in the one above.
    const path = prefix.slice(0, prefix.slice(0, -1).lastIndexOf('/') + 1);
    if (isPath(path)) this.#enterUpTo(path, start);
  }

  async next(jump?: ListPosition): Promise<NamedKey | undefined> {
    if (jump !== undefined) this.#jump(jump);
    for (let level = this.#levels.at(-1); level !== undefined; level = this.#levels.at(-1)) {
      const child = await level.next();
      if (child === undefined) {
        this.#levels.pop();
        continue;
      }
      const name = level.path + child.name + (child.isDirectory ? '/' : '');
      if (!isAt(this.#floor, name)) continue;
      if (child.isDirectory) this.#enter(name);
      this.#wanted--;
      return { name, info: child.info };
    }
    return undefined;
  }

  /** All directories that the start lies in: nothing is before it in any of them. */
  #enterUpTo(base: string, start: ListPosition): void {
    const text = textOf(start);
    let path = base;
    this.#enter(path, text.startsWith(path) ? start : undefined);
    for (const name of text.startsWith(base) ? text.slice(base.length).split('/').slice(0, -1) : []) {
      path += `${name}/`;
      const isHidden = start.kind === 'past' && text === path;
      const isFirst = start.kind === 'from' && text === path;
      if (!isPathName(name) || isHidden || isFirst) return;
      this.#enter(path, start);
    }
  }

  #enter(path: string, start?: ListPosition): void {
    const share = Math.min(Math.floor(heldChildren / (this.#levels.length + 1)), maxCount);
    const count = (): number => Math.min(Math.max(Math.min(share, this.#wanted), minCount), this.#mostGiven);
    this.#levels.push(new TreeLevel({ path, prefix: this.#prefix, start, count, read: this.#read }));
  }

  #jump(jump: ListPosition): void {
    this.#floor = jump;
    while (this.#levels.at(-1)?.path.startsWith(textOf(jump)) === true) this.#levels.pop();
    const level = this.#levels.at(-1);
    if (level !== undefined && textOf(jump).startsWith(level.path)) level.seek(jump);
  }
}

/** Whether there can be such a directory: the OM takes the likes of `a//b/` for another. */
function isPath(path: string): boolean {
  return path.split('/').slice(0, -1).every(isPathName);
}
