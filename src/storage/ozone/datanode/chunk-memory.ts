import { S3Error } from '../../../errors/s3-error.ts';
import type { RoomyBytes } from './ratis-message.ts';

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

/** How many bytes of a block go into one WriteChunk: Ozone's readers take all chunks of a block but the last for as long. */
export const chunkBytes = 4 * mebibyte;

/** Steps in which a chunk's memory grows while nobody knows how long it will be. */
const sizes = [64 * kibibyte, 256 * kibibyte, mebibyte, chunkBytes];

/** Before a chunk's bytes: for the message around them, which at the end of a block names all of its chunks. */
const roomBytes = (size: number): number => (size === chunkBytes ? 128 * kibibyte : 4 * kibibyte);

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

/** The memory of all uploads of a process: what is over its limit waits its turn. */
export class ChunkMemory {
  readonly #limitBytes: number;
  readonly #patienceMs: number;
  readonly #spare = new Map<number, Buffer[]>(sizes.map((size) => [size, []]));
  readonly #waiting: Waiting[] = [];
  #usedBytes = 0;

  constructor(limitBytes: number, patienceMs: number) {
    this.#limitBytes = Math.max(limitBytes, 2 * chunkBytes);
    this.#patienceMs = patienceMs;
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** Memory for that many bytes, or the largest there is; undefined while there is none. */
  take(wantedBytes: number): ChunkBuffer | undefined {
    const size = sizes.find((each) => each >= wantedBytes) ?? chunkBytes;
    if (this.#waiting.length > 0 || this.#usedBytes + size > this.#limitBytes) return undefined;
    return this.#allocate(size);
  }

  /** As `take`, but waits its turn. Rejects with SlowDown when that takes too long, and with the signal's reason. */
  async wait(wantedBytes: number, signal: AbortSignal): Promise<ChunkBuffer> {
    const size = sizes.find((each) => each >= wantedBytes) ?? chunkBytes;
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
