import { read } from 'node:fs';
import { promisify } from 'node:util';
import type { ByteRange } from '../../s3/object-attributes.ts';

const readFile = promisify(read);

export const chunkBytes = 256 * 1024;

/** A run of bytes in a blob file, or at hand. */
export interface Source {
  readonly sizeBytes: number;
  /** Bytes, or a descriptor to read. */
  open(): Promise<Buffer | number>;
  close(descriptor: number): Promise<void>;
}

/**
 * Streams a range out of sources that lie one behind the other. One read is ahead of the consumer. `release` runs once,
 * when the end is reached, the consumer stops, or a read fails.
 */
export class SourceReader implements AsyncIterableIterator<Uint8Array> {
  readonly #sources: readonly Source[];
  readonly #release: () => Promise<void>;
  #index = 0;
  #offset: number;
  #leftBytes: number;
  #descriptor: number | undefined;
  #ahead: Promise<Uint8Array | undefined> | undefined;
  #released: Promise<void> | undefined;

  constructor(sources: readonly Source[], range: ByteRange, release: () => Promise<void>) {
    this.#sources = sources;
    this.#release = release;
    this.#offset = range.first;
    this.#leftBytes = range.last - range.first + 1;
    this.#skip();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    try {
      this.#ahead ??= this.#read();
      const value = await this.#ahead;
      if (value === undefined) {
        await this.#end();
        return { done: true, value: undefined };
      }
      this.#ahead = this.#read();
      this.#ahead.catch(() => undefined);
      return { done: false, value };
    } catch (error) {
      await this.#end();
      throw error;
    }
  }

  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    await this.#end();
    return { done: true, value: undefined };
  }

  /** Sources that lie before the range are never opened. */
  #skip(): void {
    for (;;) {
      const source = this.#sources[this.#index];
      if (source === undefined || this.#offset < source.sizeBytes) return;
      this.#offset -= source.sizeBytes;
      this.#index++;
    }
  }

  async #read(): Promise<Uint8Array | undefined> {
    const source = this.#sources[this.#index];
    if (this.#leftBytes <= 0 || source === undefined || this.#released !== undefined) return undefined;
    const wanted = Math.min(this.#leftBytes, source.sizeBytes - this.#offset);
    const found = this.#descriptor ?? (await source.open());
    if (typeof found === 'number') this.#descriptor = found;
    const chunk =
      typeof found === 'number'
        ? await readAt(found, Math.min(wanted, chunkBytes), this.#offset)
        : found.subarray(this.#offset, this.#offset + wanted);
    this.#leftBytes -= chunk.length;
    this.#offset += chunk.length;
    if (this.#offset >= source.sizeBytes) await this.#closeSource();
    this.#skip();
    return chunk;
  }

  async #closeSource(): Promise<void> {
    const descriptor = this.#descriptor;
    this.#descriptor = undefined;
    if (descriptor !== undefined) await this.#sources[this.#index]?.close(descriptor);
  }

  async #end(): Promise<void> {
    this.#released ??= (async () => {
      await this.#ahead?.catch(() => undefined);
      await this.#closeSource();
      await this.#release();
    })();
    await this.#released;
  }
}

async function readAt(descriptor: number, sizeBytes: number, position: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(sizeBytes);
  const { bytesRead } = await readFile(descriptor, buffer, 0, sizeBytes, position);
  if (bytesRead === 0) throw new Error('a blob file is shorter than its record says');
  return buffer.subarray(0, bytesRead);
}
