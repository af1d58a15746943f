import type { ObjectPart } from '../values.ts';
import { idKey, idOf, kindOf } from './locator.ts';
import type { Databases } from './metadata.ts';
import type { ObjectRecord, PieceRecord } from './records.ts';

/** The bytes of an object, in order: of one completed from parts the pieces in its manifest, else itself. */
export function piecesOf(databases: Databases, record: ObjectRecord): readonly PieceRecord[] {
  const [sizeBytes, , , locator] = record;
  if (kindOf(locator) !== 'manifest') return [[1, sizeBytes, locator, null]];
  return databases.manifests.get(idKey(idOf(locator))) ?? [];
}

/** Undefined for an object stored in one piece. */
export function partsOf(databases: Databases, record: ObjectRecord): readonly ObjectPart[] | undefined {
  if (kindOf(record[3]) !== 'manifest') return undefined;
  return piecesOf(databases, record).map(([partNumber, sizeBytes, , checksum]) =>
    checksum === null ? { partNumber, sizeBytes } : { partNumber, sizeBytes, checksum },
  );
}
