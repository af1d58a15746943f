import type { StoreLog } from '../values.ts';
import type { BlobDirectory } from './blobs.ts';
import type { Collector } from './collector.ts';
import type { InstanceDirectory } from './instance.ts';
import type { Leases } from './leases.ts';
import type { IdSource } from './locator.ts';
import type { Databases, Metadata } from './metadata.ts';
import type { Space } from './space.ts';

/** What the operations of the local store work with. */
export interface Internals {
  readonly metadata: Metadata;
  readonly blobs: BlobDirectory;
  readonly leases: Leases;
  readonly ids: IdSource;
  readonly space: Space;
  readonly collector: Collector;
  readonly instances: InstanceDirectory;
  readonly instanceId: string;
  readonly log: StoreLog | undefined;
}

/** A write that may grow the store: failures as S3's errors. */
export async function commit<T>(internals: Internals, action: (databases: Databases) => T): Promise<T> {
  try {
    return await internals.metadata.write(action);
  } catch (error) {
    throw await internals.space.failure(error);
  }
}
