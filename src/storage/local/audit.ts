import { join } from 'node:path';
import { BlobDirectory } from './blobs.ts';
import { idKey, idOf, kindOf, type Locator } from './locator.ts';
import { openMetadata, type Databases } from './metadata.ts';

/** What does not fit together in a store: all empty where nothing was lost and nothing left behind. */
export interface Audit {
  /** Files to which nothing refers. Those of a write that is running are such, too. */
  readonly strayFiles: readonly string[];
  readonly missingFiles: readonly string[];
  /** Inline bodies and manifests to which nothing refers, or that are absent; files counted wrongly. */
  readonly wrongReferences: readonly string[];
  readonly garbage: number;
}

/** Counts all references of a store anew. For tests, and for an operator's doubt; no process need be stopped. */
export async function auditLocalStore(dir: string): Promise<Audit> {
  const metadata = openMetadata(join(dir, 'metadata'));
  const files = new Set<string>();
  for await (const ids of new BlobDirectory(join(dir, 'blobs')).list()) for (const id of ids) files.add(id);
  try {
    return metadata.read((databases) => compare(databases, files));
  } finally {
    await metadata.close();
  }
}

function compare(databases: Databases, files: ReadonlySet<string>): Audit {
  const counts = countReferences(databases);
  const counted = (id: string): number => counts.get(`f${id}`) ?? 0;
  const blobs = new Map(Array.from(databases.blobs.getRange({}), ({ key, value }) => [key.toString('hex'), value]));
  const garbage = new Set(Array.from(databases.garbage.getKeys(), (key) => key.toString('latin1')));
  const kept = [
    ...Array.from(databases.bodies.getKeys(), (key) => `i${key.toString('hex')}`),
    ...Array.from(databases.manifests.getKeys(), (key) => `m${key.toString('hex')}`),
  ];
  return {
    strayFiles: [...files].filter((id) => !blobs.has(id) && !garbage.has(`f${id}`)),
    missingFiles: [...blobs.keys()].filter((id) => !files.has(id)),
    wrongReferences: [
      ...[...blobs].filter(([id, count]) => counted(id) !== count).map(([id]) => `f${id}`),
      ...[...counts.keys()].filter((locator) => kindOf(locator) === 'file' && !blobs.has(idOf(locator))),
      ...kept.filter((locator) => counts.get(locator) !== 1 && !garbage.has(locator)),
      ...[...counts.keys()].filter((locator) => isAbsent(databases, locator)),
    ],
    garbage: garbage.size,
  };
}

function countReferences(databases: Databases): Map<Locator, number> {
  const counts = new Map<Locator, number>();
  const count = (locator: Locator): void => {
    if (locator !== '') counts.set(locator, (counts.get(locator) ?? 0) + 1);
  };
  for (const { value } of databases.objects.getRange({})) count(value[3]);
  for (const { value } of databases.parts.getRange({})) count(value[3]);
  for (const { value } of databases.manifests.getRange({})) for (const [, , locator] of value) count(locator);
  return counts;
}

function isAbsent({ bodies, manifests }: Databases, locator: Locator): boolean {
  const key = idKey(idOf(locator));
  const kind = kindOf(locator);
  return (kind === 'inline' && !bodies.doesExist(key)) || (kind === 'manifest' && !manifests.doesExist(key));
}
