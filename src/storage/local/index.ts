import { join } from 'node:path';
import type { StoreLog } from '../values.ts';
import { BlobDirectory } from './blobs.ts';
import { Collector } from './collector.ts';
import { Instance, InstanceDirectory } from './instance.ts';
import { makeLasting, syncNames } from './lasting-directories.ts';
import { Leases } from './leases.ts';
import { LocalStore } from './local-store.ts';
import { IdSource } from './locator.ts';
import { openMetadata } from './metadata.ts';
import { claimServer } from './server-claim.ts';
import { Space } from './space.ts';

export type { SweepReport } from './sweep.ts';

export interface LocalStoreOptions {
  /** Where everything is: made if absent. */
  readonly dir: string;
  /** `server`: the one of a data directory; it sweeps. `worker`: any of the server's other processes. */
  readonly role: 'server' | 'worker';
  /** Multipart uploads older than this are aborted. Default: 7 days. */
  readonly uploadMaxAgeMs?: number;
  /** Between two sweeps of a server. Default: 10 minutes. */
  readonly sweepEveryMs?: number;
  readonly log?: StoreLog;
}

const defaults = { uploadMaxAgeMs: 7 * 24 * 60 * 60 * 1000, sweepEveryMs: 10 * 60 * 1000 };

/** Throws StoreOpenError when the store cannot be read, is of another format, or has a server already. */
export async function openLocalStore(options: LocalStoreOptions): Promise<LocalStore> {
  const { dir, log } = options;
  makeLasting(dir, join(dir, 'metadata'), join(dir, 'blobs'));
  const metadata = openMetadata(join(dir, 'metadata'));
  syncNames(dir, 'metadata');
  const instances = new InstanceDirectory(join(dir, 'instances'));
  let instance: Instance | undefined;
  try {
    instance = await Instance.start(instances);
    if (options.role === 'server') await claimServer(metadata, instances, instance.id, dir);
  } catch (error) {
    await instance?.close();
    instances.close();
    await metadata.close();
    throw error;
  }
  const blobs = new BlobDirectory(join(dir, 'blobs'));
  const leases = new Leases(join(dir, 'leases'), instance.id, instances);
  const space = new Space(dir, metadata);
  await space.look();
  const collector = new Collector({ metadata, blobs, leases }, space, log);
  const ids = new IdSource(instance.id);
  const internals = { metadata, blobs, leases, ids, space, collector, instances, instanceId: instance.id, log };
  return new LocalStore(internals, instance, { ...defaults, ...options });
}
