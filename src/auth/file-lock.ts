import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** The work under the lock takes milliseconds, so a lock of this age was left by a process that died. */
const staleAfterMs = 10_000;
const giveUpAfterMs = 15_000;

/** Runs `work` while no other process runs its own under the same lock file. A lock left by a dead process is broken. */
export async function withFileLock<T>(path: string, work: () => T): Promise<T> {
  const token = `${process.pid} ${randomUUID()}`;
  const startedAt = Date.now();
  while (!tryCreate(path, token)) {
    if (isStale(path)) breakLock(path);
    else if (Date.now() - startedAt > giveUpAfterMs) throw new Error(`${path} is held by another process`);
    else await sleep(10 + Math.random() * 20);
  }
  try {
    return work();
  } finally {
    if (contentOf(path) === token) rmSync(path, { force: true });
  }
}

function tryCreate(path: string, content: string): boolean {
  try {
    const file = openSync(path, 'wx', 0o600);
    writeSync(file, content);
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isStale(path: string): boolean {
  const content = contentOf(path);
  if (content === undefined) return false;
  const pid = Number.parseInt(content, 10);
  return olderThan(path, staleAfterMs) || (pid > 0 && !isAlive(pid));
}

/** Under a second lock, so that of two processes that see a stale lock none removes the other's fresh one. */
function breakLock(path: string): void {
  const breaking = `${path}.break`;
  if (!tryCreate(breaking, String(process.pid))) {
    if (olderThan(breaking, staleAfterMs)) rmSync(breaking, { force: true });
    return;
  }
  try {
    if (isStale(path)) rmSync(path, { force: true });
  } finally {
    rmSync(breaking, { force: true });
  }
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function olderThan(path: string, ageMs: number): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs > ageMs;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
