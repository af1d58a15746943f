import type { StoreLog } from '../values.ts';
import { forgetOldCompletions } from './completed-uploads.ts';
import type { Internals } from './internals.ts';
import { idKey, instanceOfId, locatorOf } from './locator.ts';
import { garbageKey } from './references.ts';
import { discardUpload, initiatedAtMs } from './uploads.ts';

export interface SweepReport {
  /** Files that a dead process was still writing. */
  readonly strayFiles: number;
  readonly garbage: number;
  readonly uploads: number;
}

export interface SweepOptions {
  readonly uploadMaxAgeMs: number;
  /** Looks at every blob file even if no process has died since the last sweep. */
  readonly allFiles: boolean;
}

/** Any process may sweep, at any time, beside others that serve. */
export async function sweep(internals: Internals, options: SweepOptions): Promise<SweepReport> {
  const uploads = await abortOldUploads(internals, options.uploadMaxAgeMs);
  await forgetOldCompletions(internals, options.uploadMaxAgeMs);
  const dead = await deadInstances(internals);
  const strayFiles = options.allFiles || dead.length > 0 ? await removeStrayFiles(internals) : 0;
  for (const id of dead) await internals.instances.forget(id);
  internals.metadata.clearDeadReaders();
  await internals.leases.list();
  const garbage = internals.collector.collectAll();
  await internals.collector.settled();
  await internals.space.refill();
  return { strayFiles, garbage, uploads };
}

async function deadInstances({ instances, instanceId }: Internals): Promise<string[]> {
  const dead: string[] = [];
  for (const id of instances.list()) {
    if (id !== instanceId && !(await instances.isAlive(id))) dead.push(id);
  }
  return dead;
}

/**
 * A file is a stray if the instance that wrote it is dead and nothing refers to it. In this order: the file is seen,
 * then its instance is found dead, then what it committed is looked at.
 */
async function removeStrayFiles(internals: Internals): Promise<number> {
  const alive = new Map([[internals.instanceId, true]]);
  let strays = 0;
  for await (const ids of internals.blobs.list()) {
    for (const id of ids) {
      const instanceId = instanceOfId(id);
      let isAlive = alive.get(instanceId);
      if (isAlive === undefined) {
        isAlive = await internals.instances.isAlive(instanceId);
        alive.set(instanceId, isAlive);
        if (!isAlive) await internals.metadata.showLastCommit();
      }
      if (isAlive || isReferred(internals, id)) continue;
      await internals.blobs.remove(id);
      strays++;
    }
  }
  return strays;
}

function isReferred({ metadata }: Internals, id: string): boolean {
  return metadata.read(
    ({ blobs, garbage }) => blobs.doesExist(idKey(id)) || garbage.doesExist(garbageKey(locatorOf('file', id))),
  );
}

async function abortOldUploads(internals: Internals, maxAgeMs: number): Promise<number> {
  const beforeMs = Date.now() - maxAgeMs;
  const old = internals.metadata.read(({ uploads }) =>
    Array.from(uploads.getKeys()).filter((key) => initiatedAtMs(key.toString('latin1', key.length - 32)) < beforeMs),
  );
  for (const key of old) {
    const garbage = await internals.space.release(() =>
      internals.metadata.write((databases) => (databases.uploads.doesExist(key) ? discardUpload(databases, key) : [])),
    );
    internals.collector.collect(...garbage);
  }
  return old.length;
}

/** Sweeps at once and then from time to time, until stopped. */
export class Sweeper {
  readonly #run: (allFiles: boolean) => Promise<SweepReport>;
  readonly #log: StoreLog | undefined;
  readonly #timer: NodeJS.Timeout;
  #running: Promise<SweepReport>;

  constructor(run: (allFiles: boolean) => Promise<SweepReport>, everyMs: number, log: StoreLog | undefined) {
    this.#run = run;
    this.#log = log;
    this.#running = this.#run(true);
    this.#report(this.#running);
    this.#timer = setInterval(() => {
      this.#report(this.sweep());
    }, everyMs);
    this.#timer.unref();
  }

  /** One at a time. */
  async sweep(): Promise<SweepReport> {
    const next = this.#running.then(
      () => this.#run(false),
      () => this.#run(true),
    );
    this.#running = next;
    return await next;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running.catch(() => undefined);
  }

  #report(sweeping: Promise<SweepReport>): void {
    sweeping.then(
      (report) => this.#log?.debug({ ...report }, 'swept'),
      (error: unknown) => this.#log?.warn({ err: error }, 'the sweep failed'),
    );
  }
}
