import { idKey, idOf, kindOf, noBody, type Locator } from './locator.ts';
import type { Databases } from './metadata.ts';

/** Changes of references to bodies: to be called within a write. What loses its last one becomes garbage. */
export function addReference(databases: Databases, locator: Locator): void {
  if (kindOf(locator) !== 'file') return;
  const key = idKey(idOf(locator));
  databases.blobs.putSync(key, (databases.blobs.get(key) ?? 0) + 1);
}

/** Returns what has become garbage, if so: the caller hands it to the collector once the write is committed. */
export function dropReference(databases: Databases, locator: Locator): Locator {
  const key = idKey(idOf(locator));
  switch (kindOf(locator)) {
    case 'none':
      return noBody;
    case 'inline':
      databases.bodies.removeSync(key);
      return noBody;
    case 'manifest':
      break;
    case 'file': {
      const count = databases.blobs.get(key) ?? 1;
      if (count > 1) {
        databases.blobs.putSync(key, count - 1);
        return noBody;
      }
      databases.blobs.removeSync(key);
    }
  }
  databases.garbage.putSync(garbageKey(locator), 1);
  return locator;
}

export function garbageKey(locator: Locator): Buffer {
  return Buffer.from(locator, 'latin1');
}
