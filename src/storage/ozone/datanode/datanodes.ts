import type { StoreLog } from '../../values.ts';
import type { Datanodes } from '../block-io.ts';
import { Channels, type ChannelSettings } from './channels.ts';
import { Reads, type ReadsSettings } from './reads.ts';
import { Writes, type WriteSettings } from './writes.ts';

export interface DatanodesSettings {
  readonly channels: ChannelSettings;
  readonly reads: ReadsSettings;
  readonly writes: WriteSettings;
}

/** The datanodes of a cluster, for all requests of a process. No connection is made before it is needed. */
export function openDatanodes(settings: DatanodesSettings, log: StoreLog): Datanodes {
  const channels = new Channels(settings.channels);
  const reads = new Reads(channels, settings.reads);
  const writes = new Writes(channels, settings.writes, log);
  return {
    read: (blocks) => reads.read(blocks),
    write: (blocks) => writes.write(blocks),
    async close() {
      reads.close();
      writes.close();
      channels.close();
    },
  };
}
