import { Remover } from './remover.ts';
import type { Target } from './target.ts';

interface TrackedBucket {
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
    if (!this.#buckets.has(bucket)) this.#buckets.set(bucket, { keys: new Set(), uploads: new Map() });
  }

  /** The bucket was not made after all. */
  forget(bucket: string): void {
    this.#buckets.delete(bucket);
  }

  /** Only in buckets this run made. */
  object(bucket: string, key: string): void {
    this.#buckets.get(bucket)?.keys.add(key);
  }

  upload(bucket: string, key: string, uploadId: string): void {
    this.#buckets.get(bucket)?.uploads.set(uploadId, key);
  }

  /** @returns the buckets that could not be removed */
  async run(): Promise<string[]> {
    const leftBehind: string[] = [];
    for (const [bucket, tracked] of this.#buckets) {
      if (!(await this.#remove(bucket, tracked))) leftBehind.push(bucket);
    }
    this.#buckets.clear();
    return leftBehind;
  }

  async #remove(bucket: string, tracked: TrackedBucket): Promise<boolean> {
    const remover = new Remover(this.#target.client(), this.#target.housekeepingTimeoutMs);
    await Promise.all([...tracked.uploads].map(([uploadId, key]) => remover.abort(bucket, key, uploadId)));
    await Promise.all([...tracked.keys].map((key) => remover.removeObject(bucket, key)));
    if (await remover.removeBucket(bucket)) return true;
    if (!this.#target.ownsBucketName(bucket)) return false;
    await remover.sweep(bucket);
    return remover.removeBucket(bucket);
  }
}
