import type { StoreLog } from '../values.ts';
import type { BlobDirectory } from './blobs.ts';
import type { Leases } from './leases.ts';
import { idKey, idOf, kindOf, noBody, type Locator } from './locator.ts';
import type { Databases, Metadata } from './metadata.ts';
import { dropReference, garbageKey } from './references.ts';
import type { Space } from './space.ts';

/** So many pieces of a manifest are released in one write: others wait that long. */
const piecesPerWrite = 500;
const unlinksAtOnce = 4;

/**
 * Removes what nothing refers to any more, after the write that said so: from the garbage database, where it stands
 * until it is gone, so that a crash between loses nothing.
 */
export class Collector {
  readonly #parts: { readonly metadata: Metadata; readonly blobs: BlobDirectory; readonly leases: Leases };
  readonly #space: Space;
  readonly #log: StoreLog | undefined;
  #queue: Locator[] = [];
  #running: Promise<void> | undefined;

  constructor(
    parts: { readonly metadata: Metadata; readonly blobs: BlobDirectory; readonly leases: Leases },
    space: Space,
    log: StoreLog | undefined,
  ) {
    this.#parts = parts;
    this.#space = space;
    this.#log = log;
  }

  /** Soon, in the background. */
  collect(...locators: readonly Locator[]): void {
    for (const locator of locators) if (locator !== noBody) this.#queue.push(locator);
    if (this.#queue.length > 0) this.#running ??= this.#run();
  }

  /** Everything that stands in the garbage database, whoever put it there. */
  collectAll(): number {
    const locators = this.#parts.metadata.read(({ garbage }) =>
      Array.from(garbage.getKeys(), (key) => key.toString('latin1')),
    );
    this.collect(...locators);
    return locators.length;
  }

  async settled(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #run(): Promise<void> {
    // Within one turn of the event loop many writes end: they are collected together.
    await new Promise((resolve) => setImmediate(resolve));
    try {
      while (this.#queue.length > 0) {
        const batch = this.#queue;
        this.#queue = [];
        await this.#collect(batch);
      }
    } catch (error) {
      // It stands in the database still: the next sweep tries again.
      this.#log?.warn({ err: error }, 'garbage could not be collected');
    } finally {
      this.#running = undefined;
    }
  }

  async #collect(batch: readonly Locator[]): Promise<void> {
    const files = batch.filter((locator) => kindOf(locator) === 'file');
    const manifests = batch.filter((locator) => kindOf(locator) === 'manifest');
    for (let index = 0; index < files.length; index += unlinksAtOnce) {
      await Promise.all(
        files.slice(index, index + unlinksAtOnce).map((locator) => this.#parts.blobs.remove(idOf(locator))),
      );
    }
    if (files.length > 0) {
      await this.#write(({ garbage }) => {
        for (const locator of files) garbage.removeSync(garbageKey(locator));
      });
    }
    if (manifests.length === 0) return;
    const leased = await this.#parts.leases.list();
    for (const locator of manifests) {
      // Whoever holds the lease collects when giving it back; after its death a sweep does.
      if (!leased.has(idOf(locator))) await this.#dissolve(locator);
    }
  }

  async #dissolve(manifest: Locator): Promise<void> {
    let more = true;
    while (more) {
      more = await this.#write((databases) => {
        const key = idKey(idOf(manifest));
        const pieces = databases.manifests.get(key) ?? [];
        for (const piece of pieces.slice(0, piecesPerWrite)) this.#queue.push(dropReference(databases, piece[2]));
        if (pieces.length > piecesPerWrite) {
          databases.manifests.putSync(key, pieces.slice(piecesPerWrite));
          return true;
        }
        databases.manifests.removeSync(key);
        databases.garbage.removeSync(garbageKey(manifest));
        return false;
      });
      this.#queue = this.#queue.filter((locator) => locator !== noBody);
    }
  }

  async #write<T>(action: (databases: Databases) => T): Promise<T> {
    return await this.#space.release(() => this.#parts.metadata.write(action));
  }
}
