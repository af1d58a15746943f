import { S3Error } from '../../../errors/s3-error.ts';
import type { RoomyBytes } from './ratis-message.ts';

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

/** How many bytes of a block go into one WriteChunk, while there is memory for it: Ozone's own clients' number. */
const largestChunkBytes = 4 * mebibyte;

/** What memory is given in: a chunk grows from one to the next while nobody knows how long it will be. */
const sizes = [64 * kibibyte, 256 * kibibyte, mebibyte, largestChunkBytes];
/** Keys with no more than this count for nothing when memory is shared. */
const tinyBytes = 64 * kibibyte;
const smallestChunkBytes = 256 * kibibyte;
/** So many chunks of a key may be kept to be written anew. */
const mostChunks = 8;

/** Before a chunk's bytes: for the message around them, which at the end of a block names all of its chunks. */
const roomBytes = (size: number): number => (size === largestChunkBytes ? 128 * kibibyte : 4 * kibibyte);

/** So much memory of each size is kept for the next chunks. */
const spareBytes = 32 * mebibyte;

/** Memory of a chunk: its bytes are from `start` to `end`, and there may be `size` of them. */
export interface ChunkBuffer extends RoomyBytes {
  readonly size: number;
  end: number;
}

interface Waiting {
  readonly size: number;
  grant(): void;
}

/** The memory of all keys that a process writes: shared fairly, and what is over its limit waits its turn. */
export class ChunkMemory {
  readonly #limitBytes: number;
  readonly #patienceMs: number;
  readonly #spare = new Map<number, Buffer[]>(sizes.map((size) => [size, []]));
  readonly #waiting: Waiting[] = [];
  #usedBytes = 0;
  #keys = 0;

  constructor(limitBytes: number, patienceMs: number) {
    this.#limitBytes = Math.max(limitBytes, 2 * largestChunkBytes);
    this.#patienceMs = patienceMs;
  }

  /** A key that is more than tiny begins; it ends with `leave`. */
  enter(): void {
    this.#keys += 1;
  }

  leave(): void {
    this.#keys -= 1;
  }

  /** How long the chunks of a block that is begun now shall be: two of them are what a key surely may have. */
  chunkBytes(): number {
    const share = this.#shareBytes();
    return sizes.findLast((size) => size * 2 <= share && size >= smallestChunkBytes) ?? smallestChunkBytes;
  }

  /** How many chunks of that length a key may have sent, beside the one that it fills. */
  chunksAhead(chunkBytes: number): number {
    return Math.max(1, Math.min(mostChunks, Math.floor(this.#shareBytes() / chunkBytes) - 1));
  }

  /** Memory for that many bytes, or the largest there is; undefined while there is none. */
  take(wantedBytes: number): ChunkBuffer | undefined {
    const size = sizeFor(wantedBytes);
    if (this.#waiting.length > 0 || this.#usedBytes + size > this.#limitBytes) return undefined;
    return this.#allocate(size);
  }

  /** As `take`, but waits its turn. Rejects with SlowDown when that takes too long, and with the signal's reason. */
  async wait(wantedBytes: number, signal: AbortSignal): Promise<ChunkBuffer> {
    const size = sizeFor(wantedBytes);
    signal.throwIfAborted();
    return await new Promise((resolve, reject) => {
      const waiting = { size, grant };
      const leave = (error: Error): void => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        release();
        reject(error);
        // Whoever waits behind may want less.
        this.#grant();
      };
      const timer = setTimeout(() => leave(new S3Error('SlowDown')), this.#patienceMs);
      const abort = (): void => leave(signal.reason as Error);
      const release = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
      };
      const allocate = (): ChunkBuffer => this.#allocate(size);
      function grant(): void {
        release();
        resolve(allocate());
      }
      signal.addEventListener('abort', abort, { once: true });
      this.#waiting.push(waiting);
      this.#grant();
    });
  }

  /** Nobody may use it after. */
  give({ memory, size }: ChunkBuffer): void {
    const spare = this.#spare.get(size);
    if (spare !== undefined && (spare.length + 1) * size <= spareBytes) spare.push(memory);
    this.#usedBytes -= size;
    this.#grant();
  }

  #shareBytes(): number {
    return this.#limitBytes / Math.max(1, this.#keys);
  }

  #grant(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (this.#usedBytes + next.size > this.#limitBytes) return;
      this.#waiting.shift();
      next.grant();
    }
  }

  #allocate(size: number): ChunkBuffer {
    this.#usedBytes += size;
    const start = roomBytes(size);
    const memory = this.#spare.get(size)?.pop() ?? Buffer.allocUnsafeSlow(start + size);
    return { memory, size, start, end: start };
  }
}

export function isTiny({ size }: ChunkBuffer): boolean {
  return size <= tinyBytes;
}

function sizeFor(wantedBytes: number): number {
  return sizes.find((size) => size >= wantedBytes) ?? largestChunkBytes;
}
