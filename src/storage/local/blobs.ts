import { close, constants, fsync, open } from 'node:fs';
import { mkdir, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isAbsent } from './failures.ts';

const openFile = promisify(open);
const syncFile = promisify(fsync);
const closeFile = promisify(close);

/** DATA/blobs/xx/<id>: bodies too large for the metadata, one file each, never changed once they are whole. */
export class BlobDirectory {
  readonly #dir: string;
  readonly #descriptors = new Map<string, Promise<number>>();

  constructor(dir: string) {
    this.#dir = dir;
  }

  path(id: string): string {
    return join(this.#dir, shardOf(id), id);
  }

  /** A descriptor to write the new blob with. */
  async create(id: string): Promise<number> {
    const flags = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY;
    try {
      return await openFile(this.path(id), flags, 0o600);
    } catch (error) {
      if (!isAbsent(error)) throw error;
      await mkdir(join(this.#dir, shardOf(id)), { recursive: true, mode: 0o700 });
      await this.#sync('.');
      return await openFile(this.path(id), flags, 0o600);
    }
  }

  /** Undefined: there is no such blob (any more). */
  async open(id: string): Promise<number | undefined> {
    try {
      return await openFile(this.path(id), 'r');
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }

  /** Makes the name of a blob durable; its bytes are the writer's to sync. */
  async syncName(id: string): Promise<void> {
    await this.#sync(shardOf(id));
  }

  async remove(id: string): Promise<void> {
    await unlink(this.path(id)).catch((error: unknown) => {
      if (!isAbsent(error)) throw error;
    });
  }

  /** The ids of all blob files, one directory at a time. */
  async *list(): AsyncIterable<string[]> {
    for (const shard of await names(this.#dir)) yield await names(join(this.#dir, shard));
  }

  async close(): Promise<void> {
    const descriptors = await Promise.all(this.#descriptors.values());
    this.#descriptors.clear();
    await Promise.all(descriptors.map((descriptor) => closeFile(descriptor)));
  }

  async #sync(name: string): Promise<void> {
    let descriptor = this.#descriptors.get(name);
    if (descriptor === undefined) {
      descriptor = openFile(join(this.#dir, name), 'r');
      this.#descriptors.set(name, descriptor);
    }
    await syncFile(await descriptor);
  }
}

/** The counter's last digits: blobs written one after the other are spread evenly. */
function shardOf(id: string): string {
  return id.slice(-2);
}

async function names(dir: string): Promise<string[]> {
  try {
    return await readdir(dir);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}
