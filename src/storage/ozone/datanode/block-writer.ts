import type { WrittenBlock } from '../block-io.ts';
import type { Sendable } from '../proto/codec.ts';
import { containerCommand, type ChunkInfo, type PutBlockRequest } from '../proto/datanode.ts';
import { replicationType } from '../proto/hdds.ts';
import type { KeyLocation } from '../proto/om.ts';
import type { ChunkBuffer } from './chunk-memory.ts';
import { ContainerCommandError, datanodeBlockId, decodeResponse, encodeCommand } from './container-command.ts';
import { ozoneChecksums, ozoneChecksumType } from './ozone-checksum.ts';
import { pipelineName } from './ratis-group.ts';
import type { RaftWritten } from './ratis-lane.ts';
import type { RaftContent } from './ratis-message.ts';
import type { Lane } from './ratis-pipeline.ts';
import { ContainerFailure } from './write-failure.ts';

/** Of a checksum's slice of a chunk. */
const bytesPerChecksum = 16 * 1024;
/** The block is put after so many chunks, so that what came before need not be kept. */
const putEveryChunks = 4;

/** The datanodes' version from which on a WriteChunk may put the block in the same go: COMBINED_PUTBLOCK_WRITECHUNK_RPC. */
const combinedPutVersion = 2;

/** How commands come to the replicas of a block. */
export interface BlockLink {
  write(lane: Lane, content: RaftContent): Promise<RaftWritten>;
  durable(index: number): Promise<void>;
}

/** Writes one block. Once anything of it has failed, nothing more of it is sent. */
export class BlockWriter {
  readonly location: KeyLocation;
  readonly #link: BlockLink;
  readonly #lane: Lane;
  readonly #release: (buffer: ChunkBuffer) => void;
  readonly #canCombine: boolean;
  readonly #chunks: Sendable<ChunkInfo>[] = [];
  /** Chunks from the first one that no durable PutBlock covers. */
  #unacknowledged: ChunkBuffer[] = [];
  /** What is on its way, in its order; each tells whether it succeeded, and none rejects. */
  readonly #outstanding = new Set<Promise<boolean>>();
  #offset = 0;
  /** How many chunks the last PutBlock covers. */
  #putChunks = 0;
  #acknowledged: WrittenBlock | undefined;
  #failure: unknown;

  /** `release` gets the buffers that are no longer needed. */
  constructor(location: KeyLocation, link: BlockLink, lane: Lane, release: (buffer: ChunkBuffer) => void) {
    this.location = location;
    this.#link = link;
    this.#lane = lane;
    this.#release = release;
    const members = location.pipeline?.members ?? [];
    this.#canCombine = members.every(({ currentVersion }) => currentVersion >= combinedPutVersion);
  }

  get remainingBytes(): number {
    return this.location.length.toNumber() - this.#offset;
  }

  get failure(): unknown {
    return this.#failure;
  }

  /** What is durable; undefined while nothing is. */
  get acknowledged(): WrittenBlock | undefined {
    return this.#acknowledged;
  }

  /**
   * Sends the chunk as soon as no more than `chunksAhead` others are kept. False when the block has failed, with the
   * chunk not taken.
   */
  async append(buffer: ChunkBuffer, isLast: boolean, chunksAhead: () => number): Promise<boolean> {
    while (this.#failure === undefined && this.#unacknowledged.length >= chunksAhead()) {
      this.flush();
      await Promise.race(this.#outstanding);
    }
    if (this.#failure !== undefined) return false;
    const length = buffer.end - buffer.start;
    const chunk = this.#chunkOf(buffer, length);
    this.#chunks.push(chunk);
    this.#unacknowledged.push(buffer);
    this.#offset += length;
    const putEvery = Math.min(putEveryChunks, Math.ceil(chunksAhead() / 2));
    const isPut = isLast || this.#chunks.length - this.#putChunks >= putEvery;
    const block = isPut && this.#canCombine ? this.#putBlock(isLast) : undefined;
    const command = this.#encode({
      cmdType: containerCommand.writeChunk,
      writeChunk: { blockID: datanodeBlockId(this.location.blockID), chunkData: chunk, block },
    });
    this.#track(this.#send(command, buffer, block !== undefined));
    if (isPut && !this.#canCombine) this.#put(isLast);
    return true;
  }

  /** Makes what was sent so far durable soon, so that its memory is free again. */
  flush(): void {
    if (this.#failure === undefined && this.#chunks.length > this.#putChunks) this.#put(false);
  }

  /** Resolves when nothing is on its way any more. */
  async settled(): Promise<void> {
    while (this.#outstanding.size > 0) await Promise.all(this.#outstanding);
  }

  /** Takes the chunks that have not become durable, to be written elsewhere. Only once the block is settled. */
  takeUnacknowledged(): ChunkBuffer[] {
    return this.#unacknowledged.splice(0);
  }

  #chunkOf({ memory, start, end }: ChunkBuffer, length: number): Sendable<ChunkInfo> {
    const { localID } = this.location.blockID.containerBlockID;
    const type = ozoneChecksumType.crc32;
    const checksums = ozoneChecksums(type, bytesPerChecksum, memory.subarray(start, end));
    return {
      chunkName: `${localID.toString()}_chunk_${this.#chunks.length + 1}`,
      offset: this.#offset,
      len: length,
      checksumData: { type, bytesPerChecksum, checksums },
    };
  }

  #putBlock(isLast: boolean): Sendable<PutBlockRequest> {
    this.#putChunks = this.#chunks.length;
    const blockID = datanodeBlockId(this.location.blockID);
    return { blockData: { blockID, metadata: [{ key: 'TYPE', value: 'KEY' }], chunks: this.#chunks }, eof: isLast };
  }

  #put(isLast: boolean): void {
    const command = this.#encode({ cmdType: containerCommand.putBlock, putBlock: this.#putBlock(isLast) });
    this.#track(this.#send(command, undefined, true));
  }

  #encode(body: Parameters<typeof encodeCommand>[1]): Buffer {
    const { blockID, pipeline, token } = this.location;
    // Without Raft it makes a new container known as the pipeline's; within, it is Raft's own group.
    const pipelineID = pipeline?.type === replicationType.standAlone ? pipelineName(pipeline.id) : undefined;
    return encodeCommand({ blockID, datanodeUuid: pipeline?.members[0]?.uuid ?? '', token }, { ...body, pipelineID });
  }

  async #send(command: Buffer, data: ChunkBuffer | undefined, isPut: boolean): Promise<void> {
    const earlier = [...this.#outstanding];
    const covered = this.#unacknowledged.at(-1);
    const offset = this.#offset;
    // In the bulk lane, chunks behind it would wait too, and be sent again when that takes too long.
    const mayAwaitAll = isPut && this.#lane === 'small';
    const { logIndex, content } = await this.#link.write(this.#lane, { command, data, mayAwaitAll });
    const response = commandAnswer(content);
    if (!isPut) return;
    const committed = (response.writeChunk ?? response.putBlock)?.committedBlockLength;
    if (!committed) throw new ContainerFailure('a block was put without a word of its length');
    await this.#link.durable(logIndex);
    // A PutBlock may succeed though a chunk that it names has failed.
    if ((await Promise.all(earlier)).includes(false)) return;
    const { containerBlockID } = this.location.blockID;
    const { blockCommitSequenceId } = committed.blockID;
    this.#acknowledge({ blockID: { containerBlockID, blockCommitSequenceId }, length: offset }, covered);
  }

  #acknowledge(block: WrittenBlock, lastCovered: ChunkBuffer | undefined): void {
    if (block.length <= (this.#acknowledged?.length ?? 0)) return;
    this.#acknowledged = block;
    const count = lastCovered === undefined ? 0 : this.#unacknowledged.indexOf(lastCovered) + 1;
    for (const buffer of this.#unacknowledged.splice(0, count)) this.#release(buffer);
  }

  #track(sending: Promise<void>): void {
    const tracked = sending
      .then(
        () => true,
        (error: unknown) => {
          this.#failure ??= error;
          return false;
        },
      )
      .finally(() => this.#outstanding.delete(tracked));
    this.#outstanding.add(tracked);
  }
}

/** A refusal within a reply that Raft calls a success: the container was closed meanwhile, as a rule. */
function commandAnswer(bytes: Uint8Array): ReturnType<typeof decodeResponse> {
  try {
    return decodeResponse(bytes);
  } catch (error) {
    if (error instanceof ContainerCommandError) throw new ContainerFailure(error.message, { cause: error });
    throw error;
  }
}
