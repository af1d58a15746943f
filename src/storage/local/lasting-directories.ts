import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Makes directories with names that last: what is synced inside one is lost all the same if a power loss takes its name. */
export function makeLasting(...dirs: readonly string[]): void {
  for (const dir of dirs.map((each) => resolve(each))) {
    const first = mkdirSync(dir, { recursive: true, mode: 0o700 }) ?? dir;
    // One that was there may have been made just now by somebody who did not sync it.
    for (let made = dir; made.length >= first.length; made = dirname(made)) syncNames(dirname(made));
  }
}

/** Makes the names in a directory last, if it is one that may be read: else it was not made here. */
export function syncNames(...path: readonly string[]): void {
  let descriptor: number;
  try {
    descriptor = openSync(join(...path), 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EACCES') return;
    throw error;
  }
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
