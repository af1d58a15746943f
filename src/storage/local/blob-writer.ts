import { close, fdatasync, write } from 'node:fs';
import { promisify } from 'node:util';
import type { BlobDirectory } from './blobs.ts';

const writeFile = promisify(write);
const syncFile = promisify(fdatasync);
const closeFile = promisify(close);

const bufferBytes = 256 * 1024;
/** So much is written before a sync of it is begun: the last one then has little left to wait for. */
const syncEveryBytes = 8 * 1024 ** 2;

/** Buffers of writers that have ended: allocating and zeroing them anew costs more than keeping a few. */
const spareBuffers: Buffer[] = [];
const maxSpareBuffers = 32;

/** Writes a blob file: while one buffer is being written, the other is filled. */
export class BlobWriter {
  readonly #blobs: BlobDirectory;
  readonly #id: string;
  readonly #descriptor: number;
  #filling = spareBuffers.pop() ?? Buffer.allocUnsafeSlow(bufferBytes);
  #idle: Buffer | undefined;
  #filled = 0;
  #writing: Promise<void> = Promise.resolve();
  #syncing: Promise<void> | undefined;
  #position = 0;
  #unsyncedBytes = 0;
  #closed = false;

  private constructor(blobs: BlobDirectory, id: string, descriptor: number) {
    this.#blobs = blobs;
    this.#id = id;
    this.#descriptor = descriptor;
  }

  static async create(blobs: BlobDirectory, id: string): Promise<BlobWriter> {
    return new BlobWriter(blobs, id, await blobs.create(id));
  }

  /** Copies the chunk: it may be used again once this resolves. */
  async append(chunk: Uint8Array): Promise<void> {
    // So large a chunk needs no copy: who gives it fills the next one meanwhile.
    if (this.#filled === 0 && chunk.length >= bufferBytes) {
      await this.#writing;
      await this.#write(chunk);
      return;
    }
    let offset = 0;
    while (offset < chunk.length) {
      const part = chunk.subarray(offset, offset + bufferBytes - this.#filled);
      this.#filling.set(part, this.#filled);
      this.#filled += part.length;
      offset += part.length;
      if (this.#filled === bufferBytes) await this.#flush();
    }
  }

  /** Resolves once the blob and its name are durable. */
  async finish(): Promise<void> {
    await this.#flush();
    await this.#writing;
    await this.#syncing;
    await syncFile(this.#descriptor);
    await this.#release();
    await this.#blobs.syncName(this.#id);
  }

  /** Closes and removes what there is. */
  async abandon(): Promise<void> {
    await Promise.allSettled([this.#writing, this.#syncing]);
    await this.#release();
    await this.#blobs.remove(this.#id);
  }

  async #flush(): Promise<void> {
    await this.#writing;
    const full = this.#filling.subarray(0, this.#filled);
    const written = this.#filling;
    this.#filling = this.#idle ?? spareBuffers.pop() ?? Buffer.allocUnsafeSlow(bufferBytes);
    this.#idle = written;
    this.#filled = 0;
    this.#writing = this.#write(full);
    // Awaited by the next flush, finish or abandon; a rejection until then is not unhandled.
    this.#writing.catch(() => undefined);
  }

  async #write(bytes: Uint8Array): Promise<void> {
    let offset = 0;
    while (offset < bytes.length) {
      const { bytesWritten } = await writeFile(this.#descriptor, bytes, offset, bytes.length - offset, this.#position);
      offset += bytesWritten;
      this.#position += bytesWritten;
      this.#unsyncedBytes += bytesWritten;
    }
    if (this.#unsyncedBytes < syncEveryBytes || this.#syncing !== undefined) return;
    this.#unsyncedBytes = 0;
    // A failure stays, for finish to throw: the system reports it to one sync only.
    this.#syncing = syncFile(this.#descriptor).then(() => {
      this.#syncing = undefined;
    });
    this.#syncing.catch(() => undefined);
  }

  async #release(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const buffer of [this.#filling, this.#idle]) {
      if (buffer !== undefined && spareBuffers.length < maxSpareBuffers) spareBuffers.push(buffer);
    }
    await closeFile(this.#descriptor);
  }
}
