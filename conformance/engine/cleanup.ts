import { Remover } from './remover.ts';
import type { Target } from './target.ts';

interface TrackedBucket {
  /** It has a configuration, or is gone: no other case can use it. */
  isChanged: boolean;
  readonly keys: Set<string>;
  /** uploadId -> key */
  readonly uploads: Map<string, string>;
}

/**
 * Remembers what a case made, and removes it with AbortMultipartUpload, DeleteObject and DeleteBucket alone.
 * Listing is the last resort, and only in buckets that carry this run's name.
 */
export class Cleanup {
  readonly #target: Target;
  readonly #buckets = new Map<string, TrackedBucket>();

  constructor(target: Target) {
    this.#target = target;
  }

  bucket(bucket: string): void {
    if (!this.#buckets.has(bucket))
      this.#buckets.set(bucket, { isChanged: false, keys: new Set(), uploads: new Map() });
  }

  /** The bucket was not made after all. */
  forget(bucket: string): void {
    this.#buckets.delete(bucket);
  }

  /** A request was sent that changes the bucket as such. */
  changed(bucket: string): void {
    const tracked = this.#buckets.get(bucket);
    if (tracked !== undefined) tracked.isChanged = true;
  }

  /** Nothing but its making was sent so far. */
  asMade(bucket: string): void {
    const tracked = this.#buckets.get(bucket);
    if (tracked !== undefined) tracked.isChanged = false;
  }

  /** Only in buckets this run made, or was given. */
  object(bucket: string, key: string): void {
    this.#buckets.get(bucket)?.keys.add(key);
  }

  upload(bucket: string, key: string, uploadId: string): void {
    this.#buckets.get(bucket)?.uploads.set(uploadId, key);
  }

  /** @returns the buckets that could not be removed, or, of those that stay, emptied */
  async run(): Promise<string[]> {
    const leftBehind: string[] = [];
    for (const [bucket, tracked] of this.#buckets) {
      if (!(await this.#remove(bucket, tracked)))
        leftBehind.push(this.#target.supply.isGiven(bucket) ? `${bucket}/*` : bucket);
    }
    this.#buckets.clear();
    this.#target.supply.release(this);
    return leftBehind;
  }

  async #remove(bucket: string, tracked: TrackedBucket): Promise<boolean> {
    const remover = new Remover(this.#target.client(), this.#target.housekeepingTimeoutMs);
    await Promise.all([...tracked.uploads].map(([uploadId, key]) => remover.abort(bucket, key, uploadId)));
    await Promise.all([...tracked.keys].map((key) => remover.removeObject(bucket, key)));
    const { supply } = this.#target;
    // With given buckets no other is made, whatever names a case thought of.
    if (supply.mode === 'existing') return !supply.isGiven(bucket) || (await remover.isEmpty(bucket)) !== false;
    if (supply.mode === 'pool' && !tracked.isChanged) {
      await remover.sweep(bucket);
      if ((await remover.isEmpty(bucket)) === true) {
        supply.giveBack(bucket);
        return true;
      }
    }
    if (await remover.removeBucket(bucket)) return true;
    if (!this.#target.ownsBucketName(bucket)) return false;
    await remover.sweep(bucket);
    return remover.removeBucket(bucket);
  }
}

/** Removes the buckets that cases have used in turn, and those that came late. @returns those that could not be removed */
export async function removePool(target: Target): Promise<string[]> {
  const left: string[] = [];
  for (const bucket of target.supply.drain()) {
    const remover = new Remover(target.client(), target.housekeepingTimeoutMs);
    if (!(await remover.removeBucket(bucket))) left.push(bucket);
  }
  return left;
}
