import { close } from 'node:fs';
import { promisify } from 'node:util';
import type { ByteRange } from '../../s3/object-attributes.ts';
import type { ObjectInfo, ObjectRef, OpenObject, ReadOptions, StoreCall } from '../values.ts';
import type { Internals } from './internals.ts';
import { idKey, idOf, kindOf, noBody, type Locator } from './locator.ts';
import { partsOf, piecesOf } from './manifests.ts';
import type { Databases } from './metadata.ts';
import { requireObject } from './access.ts';
import { SourceReader, type Source } from './reading.ts';
import { toObjectInfo, type ObjectRecord, type PieceRecord } from './records.ts';

const closeFile = promisify(close);
/** An object may be replaced between its record and its file, but hardly so often in a row. */
const attempts = 100;

/** An object held for reading, and what a copy has to know beside. */
export interface HeldObject extends OpenObject {
  readonly record: ObjectRecord;
}

interface Found {
  readonly record: ObjectRecord;
  readonly info: ObjectInfo;
  /** Of a small body: taken in the same glance as the record. */
  readonly inline: Buffer | undefined;
}

export async function openObject(
  internals: Internals,
  call: StoreCall,
  ref: ObjectRef,
  options: ReadOptions = {},
): Promise<HeldObject> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const found = internals.metadata.read((databases) => find(databases, call, ref, options));
    const held = await hold(internals, call, ref, found);
    if (held !== undefined) return held;
  }
  throw new Error('the file of an object is missing');
}

function find(databases: Databases, call: StoreCall, ref: ObjectRef, options: ReadOptions): Found {
  const { record, owner } = requireObject(databases, call, ref);
  const info = toObjectInfo(ref.key, record, owner, options.withParts ? partsOf(databases, record) : undefined);
  return { record, info, inline: inlineBody(databases, record[3]) };
}

function inlineBody(databases: Databases, locator: Locator): Buffer | undefined {
  if (locator === noBody) return Buffer.alloc(0);
  return kindOf(locator) === 'inline' ? databases.bodies.get(idKey(idOf(locator))) : undefined;
}

/** Undefined: the object was replaced meanwhile. */
async function hold(
  internals: Internals,
  call: StoreCall,
  ref: ObjectRef,
  { record, info, inline }: Found,
): Promise<HeldObject | undefined> {
  if (inline !== undefined) {
    const read = (range?: ByteRange): Uint8Array =>
      range === undefined ? inline : inline.subarray(range.first, range.last + 1);
    return { record, info, read, close: () => Promise.resolve() };
  }
  if (kindOf(record[3]) === 'manifest') return await holdPieces(internals, call, ref, { record, info, inline });
  const descriptor = await internals.blobs.open(idOf(record[3]));
  if (descriptor === undefined) return undefined;
  const source: Source = {
    sizeBytes: info.sizeBytes,
    open: () => Promise.resolve(descriptor),
    close: () => Promise.resolve(),
  };
  return streamed({ record, info, inline }, [source], () => closeFile(descriptor));
}

async function holdPieces(
  internals: Internals,
  call: StoreCall,
  ref: ObjectRef,
  found: Found,
): Promise<HeldObject | undefined> {
  const manifest = found.record[3];
  const giveBack = await internals.leases.take(idOf(manifest)).catch(() => undefined);
  const release = async (): Promise<void> => {
    await giveBack?.();
    // Whoever replaced the object while it was read has left its pieces to this reader.
    const left = internals.metadata.read(({ garbage }) => garbage.get(Buffer.from(manifest, 'latin1')));
    if (left !== undefined) internals.collector.collect(manifest);
  };
  try {
    const pieces = internals.metadata.read((databases) => {
      const { record } = requireObject(databases, call, ref);
      return record[3] === manifest ? piecesOf(databases, record) : undefined;
    });
    if (pieces !== undefined)
      return streamed(
        found,
        pieces.map((piece) => toSource(internals, piece)),
        release,
      );
  } catch (error) {
    await release();
    throw error;
  }
  await release();
  return undefined;
}

function toSource(internals: Internals, [, sizeBytes, locator]: PieceRecord): Source {
  return {
    sizeBytes,
    async open() {
      const inline = internals.metadata.read((databases) => inlineBody(databases, locator));
      const found = inline ?? (await internals.blobs.open(idOf(locator)));
      if (found === undefined) throw new Error('the file of a part is missing');
      return found;
    },
    close: (descriptor) => closeFile(descriptor),
  };
}

function streamed({ record, info }: Found, sources: readonly Source[], release: () => Promise<void>): HeldObject {
  let released: Promise<void> | undefined;
  const releaseOnce = (): Promise<void> => (released ??= release());
  return {
    record,
    info,
    read: (range) => new SourceReader(sources, range ?? { first: 0, last: info.sizeBytes - 1 }, releaseOnce),
    close: releaseOnce,
  };
}
