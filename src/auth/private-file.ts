import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a directory that only its owner may enter. One that is there and empty is made so too, as far as it is ours;
 * one that holds something stays as its owner has set it.
 */
export function makePrivateDir(dir: string): void {
  const isNew = makeDir(dir);
  if (isNew || readdirSync(dir).length > 0) return;
  try {
    chmodSync(dir, 0o700);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  }
}

/** Step by step: Node's own recursive way never ends where a parent is there but takes no children, as in /proc. */
function makeDir(dir: string): boolean {
  if (isDir(dir)) return false;
  if (dirname(dir) !== dir) makeDir(dirname(dir));
  try {
    mkdirSync(dir, { mode: 0o700 });
    return true;
  } catch (error) {
    // Another process may have been faster.
    if (isDir(dir)) return false;
    throw new Error(`cannot make the directory ${dir}: ${(error as Error).message}`, { cause: error });
  }
}

function isDir(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Replaces a file that only its owner may read: after a power loss there is the old one or the new one, whole. */
export function replacePrivateFile(path: string, text: string): void {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    writeSynced(temporary, text);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncDir(dirname(path));
}

function writeSynced(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function syncDir(dir: string): void {
  const handle = openSync(dir, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
