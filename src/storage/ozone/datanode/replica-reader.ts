import { containerCommand, type ContainerCommandResponse } from '../proto/datanode.ts';
import type { DatanodeDetails } from '../proto/hdds.ts';
import type { KeyLocation } from '../proto/om.ts';
import { BlockLayout, type Run } from './block-layout.ts';
import type { CommandStreams, ExchangeLimits } from './command-streams.ts';
import { ContainerCommandError, datanodeBlockId, decodeResponse, encodeCommand } from './container-command.ts';

/** What Ozone's clients write by default: where a block's slices are likely to be before its layout is known. */
const usualSliceBytes = 16 * 1024;
const usualChunkBytes = 4 * 1024 * 1024;

/** Bytes of a block that are asked for together. */
export interface Span {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
}

type Extent = Pick<Run, 'chunkName' | 'start' | 'end'>;

/** Reads one replica of a block. The datanode knows nothing of it between two calls. */
export class ReplicaReader {
  readonly datanode: DatanodeDetails;
  readonly #streams: CommandStreams;
  readonly #location: KeyLocation;
  #layout: BlockLayout | undefined;

  constructor(streams: CommandStreams, datanode: DatanodeDetails, location: KeyLocation) {
    this.#streams = streams;
    this.datanode = datanode;
    this.#location = location;
  }

  /** How many bytes share a checksum; undefined before anything was read. */
  get sliceBytes(): number | undefined {
    return this.#layout?.sliceBytes;
  }

  /**
   * Verified bytes from `span.first` on, those of one Ozone chunk; never none. Rejects with ContainerCommandError, with
   * gRPC's error, or where the bytes are not what was written.
   */
  async read(span: Span, limits: ExchangeLimits): Promise<Uint8Array> {
    if (this.#layout === undefined) return await this.#readFirst(span, limits);
    return await this.#readRun(this.#layout.runAt(span.first, span.end), span, limits);
  }

  /** The layout and the bytes in one round trip, if the block is like most. */
  async #readFirst(span: Span, limits: ExchangeLimits): Promise<Uint8Array> {
    const guess = this.#guess(span);
    const commands = [this.#getBlock(), this.#readChunk(guess)];
    const [block, bytes] = await this.#streams.exchange(this.datanode, commands, limits);
    const layout = new BlockLayout(decodeResponse(block as Buffer).getBlock?.blockData?.chunks ?? []);
    this.#layout = layout;
    const run = layout.runAt(span.first, span.end);
    const guessed = guess.start <= run.start && guess.end >= run.end ? dataIfAny(bytes as Buffer) : undefined;
    if (guessed?.length !== guess.end - guess.start) return await this.#readRun(run, span, limits);
    return verified(guessed.subarray(run.start - guess.start, run.end - guess.start), run, span);
  }

  async #readRun(run: Run, span: Span, limits: ExchangeLimits): Promise<Uint8Array> {
    const [reply] = await this.#streams.exchange(this.datanode, [this.#readChunk(run)], limits);
    return verified(dataOf(decodeResponse(reply as Buffer)), run, span);
  }

  #guess({ first, end }: Span): Extent {
    const start = Math.floor(first / usualSliceBytes) * usualSliceBytes;
    const chunkIndex = Math.floor(start / usualChunkBytes);
    const sliceEnd = Math.ceil(end / usualSliceBytes) * usualSliceBytes;
    return {
      chunkName: `${this.#location.blockID.containerBlockID.localID.toString()}_chunk_${chunkIndex + 1}`,
      start,
      end: Math.min(sliceEnd, (chunkIndex + 1) * usualChunkBytes, this.#location.length.toNumber()),
    };
  }

  #getBlock(): Buffer {
    return this.#command({ cmdType: containerCommand.getBlock, getBlock: { blockID: this.#blockId } });
  }

  #readChunk({ chunkName, start, end }: Extent): Buffer {
    const chunkData = { chunkName, offset: start, len: end - start, checksumData: { type: 1, bytesPerChecksum: 0 } };
    return this.#command({
      cmdType: containerCommand.readChunk,
      readChunk: { blockID: this.#blockId, chunkData, readChunkVersion: 0 },
    });
  }

  #command(body: Parameters<typeof encodeCommand>[1]): Buffer {
    const { blockID, token } = this.#location;
    return encodeCommand({ blockID, datanodeUuid: this.datanode.uuid, token }, body);
  }

  get #blockId(): ReturnType<typeof datanodeBlockId> {
    return datanodeBlockId(this.#location.blockID);
  }
}

function verified(bytes: Uint8Array, run: Run, span: Span): Uint8Array {
  if (bytes.length !== run.end - run.start)
    throw new Error(`${bytes.length} bytes came for ${run.end - run.start} of ${run.chunkName}`);
  if (!run.isIntact(bytes)) throw new Error(`a checksum of ${run.chunkName} does not match`);
  return bytes.subarray(span.first - run.start, Math.min(span.end, run.end) - run.start);
}

function dataOf({ readChunk }: ContainerCommandResponse): Uint8Array {
  return readChunk?.data ?? new Uint8Array();
}

/** Undefined: a guess did not hold. */
function dataIfAny(reply: Buffer): Uint8Array | undefined {
  try {
    return dataOf(decodeResponse(reply));
  } catch (error) {
    if (error instanceof ContainerCommandError) return undefined;
    throw error;
  }
}
