import { mkdirSync } from 'node:fs';
import { open, type Database, type RootDatabase } from 'lmdb';
import { StoreOpenError } from '../open-error.ts';
import { checkDatabaseFile } from './database-file.ts';
import type { BucketRecord, CompletionRecord, ObjectRecord, PartRecord, PieceRecord, UploadRecord } from './records.ts';

/** Of the databases and of what lies in the files; a change that older code would misread makes it one more. */
export const formatVersion = 1;
/** Address space, not memory or disk: so much that no process ever has to map anew while others write. */
const mapSizeBytes = 2 ** 40;

export interface Databases {
  /** By name: `format`, the version of the store; `server`, the instance that serves from it; `shown`, see below. */
  readonly meta: Database<unknown, string>;
  readonly buckets: Database<BucketRecord, Buffer>;
  readonly objects: Database<ObjectRecord, Buffer>;
  readonly uploads: Database<UploadRecord, Buffer>;
  readonly parts: Database<PartRecord, Buffer>;
  /** By the key that the upload had. */
  readonly completions: Database<CompletionRecord, Buffer>;
  /** The pieces of objects completed from parts. */
  readonly manifests: Database<readonly PieceRecord[], Buffer>;
  /** Small bodies themselves. */
  readonly bodies: Database<Buffer, Buffer>;
  /** How many objects, parts and pieces refer to a blob file. */
  readonly blobs: Database<number, Buffer>;
  /** Locators of blob files and manifests to which nothing refers any more. */
  readonly garbage: Database<number, Buffer>;
}

/** The LMDB environment: several processes may have it open at once. */
export class Metadata {
  readonly databases: Databases;
  readonly #root: RootDatabase;

  constructor(root: RootDatabase, databases: Databases) {
    this.#root = root;
    this.databases = databases;
  }

  /** Runs `action` on what is committed now, by whatever process: without the reset a read could see older state. */
  read<T>(action: (databases: Databases) => T): T {
    this.#root.resetReadTxn();
    return action(this.databases);
  }

  /**
   * Runs `action` alone among all processes, and resolves once what it wrote is synced. An action that throws must do so
   * before its first write: those writes would stay. `action` is synchronous.
   */
  async write<T>(action: (databases: Databases) => T): Promise<T> {
    try {
      return await this.#root.transaction(() => action(this.databases));
    } catch (error) {
      throw await commitCause(error);
    }
  }

  /**
   * Makes the last commit of a killed process visible. Readers go by a number in the lock file, which a writer sets
   * after its commit is on disk: killed in between, it leaves a commit that only the next writer brings to light.
   */
  async showLastCommit(): Promise<void> {
    await this.write(({ meta }) => {
      meta.putSync('shown', Date.now());
    });
  }

  /** Bytes of the file that LMDB would use again before it grows. */
  freeBytes(): number {
    const root = this.#root.getStats() as TreeStats & { lastPageNumber: number; pageSize: number; free: TreeStats };
    const trees = Object.values(this.databases).map((database: Database) => database.getStats() as TreeStats);
    const used = [root, root.free, ...trees].reduce((pages, tree) => pages + pagesOf(tree), 0);
    return Math.max(0, root.lastPageNumber - 1 - used) * root.pageSize;
  }

  /** Gives back the reader slots of dead processes, which would keep old pages from use. */
  clearDeadReaders(): void {
    this.#root.readerCheck();
  }

  async close(): Promise<void> {
    await this.#root.close();
  }
}

interface TreeStats {
  readonly treeBranchPageCount: number;
  readonly treeLeafPageCount: number;
  readonly overflowPages: number;
}

function pagesOf(tree: TreeStats): number {
  return tree.treeBranchPageCount + tree.treeLeafPageCount + tree.overflowPages;
}

/** Throws StoreOpenError. */
export function openMetadata(dir: string): Metadata {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  checkDatabaseFile(dir);
  let root: RootDatabase | undefined;
  try {
    root = open({
      path: dir,
      mapSize: mapSizeBytes,
      maxDbs: 16,
      // A promise of a write has to mean synced. By default it means visible, and the sync follows.
      overlappingSync: false,
      // With batches by event turn a failed commit also rejects a promise that nobody holds, which ends the process.
      eventTurnBatching: false,
      keyEncoding: 'binary',
      encoding: 'binary',
    });
    const meta: Databases['meta'] = root.openDB('meta', { encoding: 'msgpack' });
    checkFormat(meta, dir);
    return new Metadata(root, { meta, ...openDatabases(root) });
  } catch (error) {
    void root?.close();
    if (error instanceof StoreOpenError) throw error;
    throw new StoreOpenError(`The store in ${dir} cannot be read: ${String(error)}`, { cause: error });
  }
}

function openDatabases(root: RootDatabase): Omit<Databases, 'meta'> {
  const packed = { keyEncoding: 'binary', encoding: 'msgpack', useRecords: false } as const;
  return {
    buckets: root.openDB('buckets', packed),
    objects: root.openDB('objects', packed),
    uploads: root.openDB('uploads', packed),
    parts: root.openDB('parts', packed),
    completions: root.openDB('completions', packed),
    manifests: root.openDB('manifests', packed),
    bodies: root.openDB('bodies', { keyEncoding: 'binary', encoding: 'binary' }),
    blobs: root.openDB('blobs', packed),
    garbage: root.openDB('garbage', packed),
  };
}

/** Before any other database is touched: another format's stay as they are. */
function checkFormat(meta: Databases['meta'], dir: string): void {
  const found =
    meta.get('format') ??
    meta.transactionSync(() => {
      const other = meta.get('format');
      if (other === undefined) meta.putSync('format', formatVersion);
      return other ?? formatVersion;
    });
  if (found === formatVersion) return;
  throw new StoreOpenError(
    `The store in ${dir} has format ${JSON.stringify(found)}; this version of the gateway reads format ${formatVersion}.`,
  );
}

/** lmdb rejects with an error that stands for the commit, and puts the reason into a promise of its own. */
async function commitCause(error: unknown): Promise<unknown> {
  if (typeof error !== 'object' || error === null || !('commitError' in error)) return error;
  try {
    await (error.commitError as Promise<never>);
  } catch (cause) {
    return cause;
  }
  return error;
}
