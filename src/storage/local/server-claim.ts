import { StoreOpenError } from '../open-error.ts';
import type { InstanceDirectory } from './instance.ts';
import type { Metadata } from './metadata.ts';

/**
 * Makes `instanceId` the one server of the store, unless another is alive: then StoreOpenError. Two that start at once
 * both see the dead one before them, and only one of them finds it still named when its write comes.
 */
export async function claimServer(
  metadata: Metadata,
  directory: InstanceDirectory,
  instanceId: string,
  dir: string,
): Promise<void> {
  for (;;) {
    const holder = metadata.read(({ meta }) => meta.get('server')) as ServerRecord | undefined;
    if (holder !== undefined && (await directory.isAlive(holder[0]))) {
      throw new StoreOpenError(`${dir} is in use by another gateway (process ${holder[1]}).`);
    }
    const claimed = await metadata.write(({ meta }) => {
      const current = meta.get('server') as ServerRecord | undefined;
      if (current?.[0] !== holder?.[0]) return false;
      meta.putSync('server', [instanceId, process.pid] satisfies ServerRecord);
      return true;
    });
    if (claimed) return;
  }
}

type ServerRecord = readonly [instanceId: string, pid: number];
