import type { LocalStoreOptions, SweepReport } from './local/index.ts';
import type { OzoneStoreOptions } from './ozone/index.ts';
import type { ObjectStore } from './port.ts';

export { StoreOpenError } from './open-error.ts';
export type { SweepReport } from './local/index.ts';

export type StoreOptions =
  | ({ readonly kind: 'local' } & LocalStoreOptions)
  | ({ readonly kind: 'ozone'; readonly role: 'server' | 'worker' } & OzoneStoreOptions);

/** A store, and its upkeep. */
export interface OpenedStore extends ObjectStore {
  /**
   * Removes what dead processes and old uploads left behind. A local store of role `server` does so by itself too; in
   * Ozone the OM does.
   */
  sweep(): Promise<SweepReport>;
}

/** Throws StoreOpenError. The other adapter is not loaded. */
export async function openStore(options: StoreOptions): Promise<OpenedStore> {
  if (options.kind === 'local') {
    const { openLocalStore } = await import('./local/index.ts');
    return await openLocalStore(options);
  }
  const { openOzoneStore } = await import('./ozone/index.ts');
  return openOzoneStore(options);
}
