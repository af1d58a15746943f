import { openLocalStore, type LocalStoreOptions, type SweepReport } from './local/index.ts';
import type { ObjectStore } from './port.ts';

export { StoreOpenError } from './open-error.ts';
export type { SweepReport } from './local/index.ts';

export type StoreOptions = { readonly kind: 'local' } & LocalStoreOptions;

/** A store, and its upkeep. */
export interface OpenedStore extends ObjectStore {
  /** Removes what dead processes and old uploads left behind. A store of role `server` does so by itself too. */
  sweep(): Promise<SweepReport>;
}

/** Throws StoreOpenError. */
export async function openStore(options: StoreOptions): Promise<OpenedStore> {
  return await openLocalStore(options);
}
