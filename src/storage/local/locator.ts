/**
 * Where the bytes of a body are: nowhere (none), inline in the metadata, in a file, or in the pieces of a manifest.
 * One letter and 32 hex digits: an id begins with its time, so that inline bodies are appended, and names the
 * instance that wrote it, so that what a dead instance left is known.
 */
export type Locator = string;
export type LocatorKind = 'none' | 'inline' | 'file' | 'manifest';

export const noBody: Locator = '';
const letters = { inline: 'i', file: 'f', manifest: 'm' } as const;

export function locatorOf(kind: keyof typeof letters, id: string): Locator {
  return letters[kind] + id;
}

export function kindOf(locator: Locator): LocatorKind {
  if (locator === noBody) return 'none';
  if (locator.startsWith(letters.inline)) return 'inline';
  return locator.startsWith(letters.file) ? 'file' : 'manifest';
}

export function idOf(locator: Locator): string {
  return locator.slice(1);
}

/** The key of a body, blob or manifest in its database. */
export function idKey(id: string): Buffer {
  return Buffer.from(id, 'hex');
}

export function instanceOfId(id: string): string {
  return id.slice(12, 24);
}

/** Ids in the order of their making: 6 bytes of milliseconds, 6 of the instance, 4 of a counter. */
export class IdSource {
  readonly #instanceId: string;
  #counter = 0;

  constructor(instanceId: string) {
    this.#instanceId = instanceId;
  }

  next(): string {
    this.#counter = (this.#counter + 1) >>> 0;
    return hex(Date.now(), 12) + this.#instanceId + hex(this.#counter, 8);
  }
}

export function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
