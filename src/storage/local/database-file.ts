import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { StoreOpenError } from '../open-error.ts';

/** Where LMDB's two meta pages have what (little-endian; struct MDB_meta, behind a page header of 24 bytes). */
const offsets = {
  magic: 0x18,
  version: 0x1c,
  pageSize: 0x30,
  freeRoot: 0x58,
  mainRoot: 0x88,
  lastPage: 0x90,
  txn: 0x98,
};
const magic = 0xbeefc0de;
const dataVersion = 2;
const metaBytes = 0xa0;
/** The file may be a little shorter than its last page says, if the last pages are free and were never written. */
const toleranceBytes = 16 * 1024 ** 2;

/**
 * Looks at an LMDB file before LMDB does: of one that is damaged or none, it would end the process instead of saying so.
 * Throws StoreOpenError.
 */
export function checkDatabaseFile(dir: string): void {
  const path = join(dir, 'data.mdb');
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return;
  }
  try {
    const sizeBytes = fstatSync(file).size;
    if (sizeBytes === 0) return;
    const first = readMeta(file, 0);
    const pageSize = first?.readUInt32LE(offsets.pageSize) ?? 0;
    const second = first && readMeta(file, pageSize);
    if (first === undefined || second === undefined) throw unreadable(path, 'it is no LMDB database of this version');
    const newest = first.readBigUInt64LE(offsets.txn) > second.readBigUInt64LE(offsets.txn) ? first : second;
    const isCut =
      [offsets.freeRoot, offsets.mainRoot].some((root) => pageEnd(newest, root, pageSize) > sizeBytes) ||
      pageEnd(newest, offsets.lastPage, pageSize) > sizeBytes + toleranceBytes;
    if (isCut) throw unreadable(path, 'the file has been cut off');
  } finally {
    closeSync(file);
  }
}

/** Undefined: there is none of this version. */
function readMeta(file: number, position: number): Buffer | undefined {
  const meta = Buffer.alloc(metaBytes);
  if (readSync(file, meta, 0, metaBytes, position) < metaBytes) return undefined;
  const isMeta =
    meta.readUInt32LE(offsets.magic) === magic && (meta.readUInt32LE(offsets.version) & 0xffff) === dataVersion;
  return isMeta ? meta : undefined;
}

/** Where the page ends in the file; 0 where there is none. */
function pageEnd(meta: Buffer, offset: number, pageSize: number): number {
  const page = meta.readBigInt64LE(offset);
  return page === -1n ? 0 : (Number(page) + 1) * pageSize;
}

function unreadable(path: string, why: string): StoreOpenError {
  return new StoreOpenError(`The store's ${path} cannot be read: ${why}.`);
}
