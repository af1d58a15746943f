import type { BlocksToRead } from '../block-io.ts';
import { BadDatanodes } from './bad-datanodes.ts';
import type { ReadSettings, ReadTools } from './block-reader.ts';
import type { Channels } from './channels.ts';
import { CommandStreams } from './command-streams.ts';
import { KeyReader } from './key-reader.ts';
import { ReadBudget } from './read-budget.ts';

export interface ReadsSettings extends ReadSettings {
  /** Of all downloads of the process. */
  readonly memoryBytes: number;
  /** How often one reader tries a datanode that could not be reached; all others ask it last. */
  readonly retryBadMs: number;
  readonly idleStreamMs: number;
}

/** As Ozone's own client has it, but that no replica is waited for long while there is another. */
export const defaultReads: ReadsSettings = {
  impatientMs: 5000,
  patientMs: 30_000,
  refreshes: 3,
  refreshDelayMs: 1000,
  memoryBytes: 64 * 1024 * 1024,
  retryBadMs: 60_000,
  idleStreamMs: 10_000,
};

/** The reading half of Datanodes. */
export class Reads {
  readonly #tools: ReadTools;
  readonly #budget: ReadBudget;

  constructor(channels: Channels, settings: ReadsSettings) {
    this.#tools = {
      streams: new CommandStreams(channels, settings.idleStreamMs),
      badDatanodes: new BadDatanodes(settings.retryBadMs),
      settings,
    };
    this.#budget = new ReadBudget(settings.memoryBytes);
  }

  /** See Datanodes. */
  read(blocks: BlocksToRead): AsyncIterable<Uint8Array> {
    return new KeyReader(this.#tools, this.#budget, blocks);
  }

  close(): void {
    this.#tools.streams.close();
  }
}
