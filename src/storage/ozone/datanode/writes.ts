import { S3Error } from '../../../errors/s3-error.ts';
import type { StoreLog } from '../../values.ts';
import type { BlocksToWrite, WrittenBlock } from '../block-io.ts';
import { replicationType } from '../proto/hdds.ts';
import type { KeyLocation } from '../proto/om.ts';
import type { BlockLink } from './block-writer.ts';
import type { Channels } from './channels.ts';
import { ChunkMemory } from './chunk-memory.ts';
import { CommandStreams } from './command-streams.ts';
import { KeyWriter } from './key-writer.ts';
import { RatisPipelines } from './ratis-pipelines.ts';
import type { RatisSettings } from './ratis-settings.ts';
import { StandAloneLink } from './stand-alone-link.ts';

/** How long an upload waits for memory before it is told to slow down. */
const memoryPatienceMs = 30_000;

export interface WriteSettings {
  readonly ratis: RatisSettings;
  /** Of all uploads of the process, beside what the connections hold. */
  readonly memoryBytes: number;
}

/** The writing half of Datanodes. */
export class Writes {
  readonly #pipelines: RatisPipelines;
  readonly #memory: ChunkMemory;
  readonly #streams: CommandStreams;

  constructor(channels: Channels, settings: WriteSettings, log: StoreLog) {
    this.#pipelines = new RatisPipelines(channels, settings.ratis, log);
    this.#memory = new ChunkMemory(settings.memoryBytes, memoryPatienceMs);
    this.#streams = new CommandStreams(channels, settings.ratis.idleMs);
  }

  /** See Datanodes. */
  async write(blocks: BlocksToWrite): Promise<readonly WrittenBlock[]> {
    const writer = new KeyWriter(
      {
        memory: this.#memory,
        linkTo: (location) => this.#linkTo(location),
        isDoubtful: ({ pipeline }) => pipeline !== null && this.#pipelines.hasFailed(pipeline.id),
        suspects: () => this.#pipelines.suspects(),
      },
      blocks,
    );
    return await writer.write();
  }

  close(): void {
    this.#pipelines.close();
    this.#streams.close();
  }

  #linkTo({ pipeline }: KeyLocation): BlockLink {
    if (pipeline === null) throw new S3Error('InternalError', { cause: new Error('a block without a pipeline') });
    if (pipeline.type === replicationType.ratis) return this.#pipelines.get(pipeline);
    const [datanode] = pipeline.members;
    if (pipeline.type === replicationType.standAlone && datanode !== undefined) {
      return new StandAloneLink(this.#streams, datanode);
    }
    throw new S3Error('NotImplemented', { message: 'Writing with this replication is not implemented.' });
  }
}
