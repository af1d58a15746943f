import { setTimeout as sleep } from 'node:timers/promises';
import { S3Error } from '../../../errors/s3-error.ts';
import type { BlocksToWrite, WrittenBlock } from '../block-io.ts';
import type { KeyLocation } from '../proto/om.ts';
import { BlockWriter, type BlockLink } from './block-writer.ts';
import { isTiny, type ChunkBuffer, type ChunkMemory } from './chunk-memory.ts';
import { Exclusions } from './exclusions.ts';

/** Tries at one place of a key, after which nothing more is tried. */
const maxRetries = 5;
/** Before each of them: a new leader or pipeline may take its time. */
const retryDelaysMs = [0, 200, 1000, 2000, 4000];
/** Without any progress for so long, nothing more is tried. */
const patienceMs = 60_000;
/** Up to this size an object goes by the lane of small ones. */
const smallBytes = 1024 ** 2;

/** What a key is written with. */
export interface WriteTools {
  readonly memory: ChunkMemory;
  /** Throws S3Error for a block that this gateway can't write. */
  linkTo(location: KeyLocation): BlockLink;
  /** Whether a block is where writes failed a short while ago. */
  isDoubtful(location: KeyLocation): boolean;
  /** Uuids of datanodes that are to have no new blocks. */
  suspects(): readonly string[];
}

/** Writes a key's bytes into blocks, one block after the other. Any failure but the body's is met with another block. */
export class KeyWriter {
  readonly #tools: WriteTools;
  readonly #blocks: BlocksToWrite;
  readonly #preallocated: KeyLocation[];
  readonly #exclusions = new Exclusions();
  readonly #written: WrittenBlock[] = [];
  #block: BlockWriter | undefined;
  /** Of the block that is written, or begun next: all of its chunks but the last are of this length. */
  #chunkBytes: number | undefined;
  #isEntered = false;
  /** The chunk that is being filled. */
  #filling: ChunkBuffer | undefined;
  #takenBytes = 0;
  #failures = 0;
  #progressAt = Date.now();

  constructor(tools: WriteTools, blocks: BlocksToWrite) {
    this.#tools = tools;
    this.#blocks = blocks;
    this.#preallocated = [...blocks.preallocated];
  }

  async write(): Promise<readonly WrittenBlock[]> {
    try {
      for await (const piece of this.#blocks.chunks) await this.#fill(piece);
      const last = this.#filling;
      this.#filling = undefined;
      if (last !== undefined) await this.#place(last, true);
      return this.#written;
    } catch (error) {
      this.#abandon();
      throw error;
    } finally {
      if (this.#isEntered) this.#tools.memory.leave();
    }
  }

  /** A full chunk is sent only when more bytes come: the last one is sent with the block's end. */
  async #fill(piece: Uint8Array): Promise<void> {
    for (let rest = piece; rest.length > 0;) {
      const buffer = await this.#bufferFor(rest.length);
      const part = rest.subarray(0, buffer.start + buffer.size - buffer.end);
      buffer.memory.set(part, buffer.end);
      buffer.end += part.length;
      this.#takenBytes += part.length;
      rest = rest.subarray(part.length);
    }
  }

  /** The chunk being filled, with room for at least one byte. */
  async #bufferFor(pieceBytes: number): Promise<ChunkBuffer> {
    const filling = this.#filling;
    if (filling !== undefined && filling.end - filling.start < filling.size) return filling;
    const chunkBytes = this.#chunkBytesFor(filling);
    if (filling !== undefined && filling.size < chunkBytes) {
      const larger = await this.#take(filling.size * 4);
      larger.end += filling.memory.copy(larger.memory, larger.end, filling.start, filling.end);
      this.#tools.memory.give(filling);
      return (this.#filling = larger);
    }
    this.#filling = undefined;
    if (filling !== undefined) await this.#place(filling, false);
    return (this.#filling = await this.#take(Math.min(chunkBytes, this.#expectedBytes(pieceBytes))));
  }

  /** Settled with a block's first chunk: until then many others may have come. */
  #chunkBytesFor(filling: ChunkBuffer | undefined): number {
    if (this.#block === undefined || this.#chunkBytes === undefined) {
      this.#chunkBytes = Math.max(filling?.size ?? 0, this.#tools.memory.chunkBytes());
    }
    return this.#chunkBytes;
  }

  #expectedBytes(pieceBytes: number): number {
    const { sizeBytes } = this.#blocks;
    return Math.max(pieceBytes, sizeBytes === undefined ? 0 : sizeBytes - this.#takenBytes);
  }

  async #take(bytes: number): Promise<ChunkBuffer> {
    let taken = this.#tools.memory.take(bytes);
    if (taken === undefined) {
      // Others may be waiting for what this key holds.
      this.#block?.flush();
      taken = await this.#tools.memory.wait(bytes, this.#blocks.signal);
    }
    if (!this.#isEntered && !isTiny(taken)) {
      this.#isEntered = true;
      this.#tools.memory.enter();
    }
    return taken;
  }

  /** Sends a chunk, and whatever of the chunks before has to be sent anew. */
  async #place(buffer: ChunkBuffer, isLast: boolean): Promise<void> {
    const queue = [buffer];
    this.#progressAt = Date.now();
    try {
      for (let next = queue[0]; next !== undefined; next = queue[0]) {
        this.#blocks.signal.throwIfAborted();
        const length = next.end - next.start;
        const isKeyEnd = isLast && queue.length === 1;
        const block = (this.#block ??= await this.#open(isKeyEnd ? length : Infinity));
        const chunkBytes = this.#chunkBytes ?? next.size;
        const isEnd = isKeyEnd || endsBlock(block, length, chunkBytes);
        if (await block.append(next, isEnd, () => this.#tools.memory.chunksAhead(chunkBytes))) queue.shift();
        if (isEnd || block.failure !== undefined) queue.unshift(...(await this.#leave(block)));
      }
    } catch (error) {
      for (const unsent of queue) this.#tools.memory.give(unsent);
      throw error;
    }
  }

  async #open(firstBytes: number): Promise<BlockWriter> {
    const location = this.#nextPreallocated() ?? (await this.#allocate());
    const lane = firstBytes <= smallBytes ? 'small' : 'bulk';
    return new BlockWriter(location, this.#tools.linkTo(location), lane, (buffer) => this.#tools.memory.give(buffer));
  }

  #nextPreallocated(): KeyLocation | undefined {
    for (let next = this.#preallocated.shift(); next !== undefined; next = this.#preallocated.shift()) {
      if (!this.#exclusions.has(next) && !this.#tools.isDoubtful(next)) return next;
    }
    return undefined;
  }

  async #allocate(): Promise<KeyLocation> {
    return await this.#blocks.allocate(this.#exclusions.list(this.#tools.suspects()));
  }

  /** Closes the books on a block, and returns the chunks that have to go into another one. */
  async #leave(block: BlockWriter): Promise<ChunkBuffer[]> {
    await block.settled();
    this.#block = undefined;
    const { acknowledged, failure } = block;
    if (acknowledged !== undefined) {
      this.#written.push(acknowledged);
      this.#failures = 0;
      this.#progressAt = Date.now();
    }
    const rest = block.takeUnacknowledged();
    if (failure === undefined) {
      this.#chunkBytes = undefined;
      return rest;
    }
    this.#exclusions.blame(block.location, failure, this.#failures > 0);
    const { containerBlockID } = block.location.blockID;
    this.#blocks.log.warn(
      { err: failure, container: containerBlockID.containerID.toString(), retry: this.#failures },
      'writing a block has failed: its rest goes into another one',
    );
    try {
      await this.#pause(failure);
    } catch (error) {
      for (const buffer of rest) this.#tools.memory.give(buffer);
      throw error;
    }
    return rest;
  }

  async #pause(failure: unknown): Promise<void> {
    const delayMs = retryDelaysMs[this.#failures];
    this.#failures += 1;
    if (delayMs === undefined || this.#failures > maxRetries || Date.now() - this.#progressAt > patienceMs) {
      throw new S3Error('SlowDown', { cause: failure });
    }
    if (delayMs > 0) await sleep(delayMs, undefined, { signal: this.#blocks.signal });
  }

  /** Gives the memory back once nothing is sent from it any more. */
  #abandon(): void {
    const { memory } = this.#tools;
    if (this.#filling !== undefined) memory.give(this.#filling);
    this.#filling = undefined;
    const block = this.#block;
    if (block === undefined) return;
    void block.settled().then(() => {
      for (const buffer of block.takeUnacknowledged()) memory.give(buffer);
    });
  }
}

/** A chunk that is shorter than the others has to be its block's last, and so has one that leaves no room for another. */
function endsBlock({ remainingBytes }: BlockWriter, length: number, chunkBytes: number): boolean {
  return length < chunkBytes || remainingBytes - length < chunkBytes;
}
