import { credentials } from '@grpc/grpc-js';
import type { StoreLog } from '../values.ts';
import { BucketInfos } from './bucket-infos.ts';
import { openDatanodes } from './datanode/datanodes.ts';
import { ratisDefaults } from './datanode/ratis-settings.ts';
import { defaultReads } from './datanode/reads.ts';
import type { OzoneSettings } from './internals.ts';
import { OmClient } from './om/om-client.ts';
import type { OmNodeAddress } from './om/om-node.ts';
import { OzoneStore } from './ozone-store.ts';

export interface OzoneStoreOptions {
  readonly om: {
    /** All OMs of the cluster, but decommissioned and listening ones. */
    readonly nodes: readonly OmNodeAddress[];
    /** For one call, with all that is tried for it. */
    readonly callTimeoutMs: number;
  };
  readonly settings: OzoneSettings;
  readonly log?: StoreLog;
}

const idleConnectionMs = 60_000;
const connectTimeoutMs = 5000;
const writeMemoryBytes = 96 * 1024 * 1024;

/** Nothing is connected to yet: a cluster that is away now may be there when it is needed. */
export function openOzoneStore({ om, settings, log = silent }: OzoneStoreOptions): OzoneStore {
  const client = new OmClient({ ...om, log });
  const datanodes = openDatanodes(
    {
      channels: {
        credentials: credentials.createInsecure(),
        useHostNames: settings.useDatanodeHostname,
        idleMs: idleConnectionMs,
        connectTimeoutMs,
      },
      reads: defaultReads,
      writes: { ratis: { ...ratisDefaults, durability: settings.durability }, memoryBytes: writeMemoryBytes },
    },
    log,
  );
  return new OzoneStore({ om: client, buckets: new BucketInfos(client), datanodes, settings, log });
}

const silent: StoreLog = {
  debug: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
