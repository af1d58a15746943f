import type { DatanodeDetails } from '../proto/hdds.ts';
import type { BlockLink } from './block-writer.ts';
import type { CommandStreams } from './command-streams.ts';
import { decodeResponse } from './container-command.ts';
import type { RaftWritten } from './ratis-lane.ts';
import { lengthDelimited, type RaftContent } from './ratis-message.ts';
import { PipelineFailure } from './write-failure.ts';

const commandTimeoutMs = 30_000;
/** Tags of ContainerCommandRequest.writeChunk (17) and of its `data` (3). */
const writeChunkTag = [0x8a, 0x01];
const dataTag = [0x1a];

/**
 * A block of one replica without Raft: its commands go to the datanode itself, one after the other, as nothing else puts
 * them in order there. After a failure, nothing more is sent: a chunk behind a missing one would harm the container.
 */
export class StandAloneLink implements BlockLink {
  readonly #streams: CommandStreams;
  readonly #datanode: DatanodeDetails;
  readonly #never = new AbortController();
  #last: Promise<unknown> = Promise.resolve();

  constructor(streams: CommandStreams, datanode: DatanodeDetails) {
    this.#streams = streams;
    this.#datanode = datanode;
  }

  async write(_lane: unknown, content: RaftContent): Promise<RaftWritten> {
    const sent = this.#last.then(() => this.#send(withData(content)));
    // The next command is sent once this one is known to have succeeded, and rejects as this one does otherwise.
    this.#last = sent.then(({ content: reply }) => decodeResponse(reply));
    this.#last.catch(() => undefined);
    return await sent;
  }

  /** There are no others to wait for. */
  durable(): Promise<void> {
    return Promise.resolve();
  }

  async #send(command: Buffer): Promise<RaftWritten> {
    try {
      const limits = { timeoutMs: commandTimeoutMs, signal: this.#never.signal };
      const [reply] = await this.#streams.exchange(this.#datanode, [command], limits);
      if (reply === undefined) throw new Error('no reply');
      return { logIndex: 0, content: reply };
    } catch (error) {
      throw new PipelineFailure(`datanode ${this.#datanode.uuid} took no command`, { cause: error });
    }
  }
}

/** A message field that comes twice is one whose parts are put together: so the data need not be encoded again. */
function withData({ command, data }: RaftContent): Buffer {
  if (data === undefined) return command;
  const bytes = data.memory.subarray(data.start, data.end);
  const inner = lengthDelimited(dataTag, bytes.length);
  return Buffer.concat([command, lengthDelimited(writeChunkTag, inner.length + bytes.length), inner, bytes]);
}
