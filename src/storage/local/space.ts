import { open, statfs, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { isS3Error, S3Error } from '../../errors/s3-error.ts';
import { toStoreError } from './failures.ts';
import type { Metadata } from './metadata.ts';

const mebibyte = 1024 ** 2;
/** How old the known free space may be. */
const freshMs = 250;

/** Room that was admitted to a file, until it is written. */
export interface Room {
  written(sizeBytes: number): void;
  end(): void;
}

/**
 * Keeps the disk from filling to the brim: writes are refused while less than the reserve is free. Should others fill
 * it, a ballast file is given up so that deletes, which need pages before they free any, have room.
 */
export class Space {
  readonly #dir: string;
  readonly #metadata: Metadata;
  #freeBytes = Infinity;
  #reserveBytes = 0;
  /** Of what has been admitted, and is still to be written or was written since the last look. */
  #promisedBytes = 0;
  #writtenBytes = 0;
  #lookedAtMs = -Infinity;
  #looking: Promise<void> | undefined;

  constructor(dir: string, metadata: Metadata) {
    this.#dir = dir;
    this.#metadata = metadata;
  }

  /** For what goes into the metadata, which has free pages too. InsufficientCapacity. */
  admitInline(sizeBytes: number): void {
    if (this.#hasRoom(sizeBytes) || this.#metadata.freeBytes() > 2 * sizeBytes + mebibyte) return;
    throw new S3Error('InsufficientCapacity');
  }

  /** For a file: many that are written at once have to fit together. InsufficientCapacity. */
  admitFile(sizeBytes: number): Room {
    if (!this.#hasRoom(sizeBytes)) throw new S3Error('InsufficientCapacity');
    let leftBytes = sizeBytes;
    this.#promisedBytes += sizeBytes;
    const take = (takenBytes: number): void => {
      const promised = Math.min(takenBytes, leftBytes);
      leftBytes -= promised;
      this.#promisedBytes -= promised;
    };
    return {
      written: (writtenBytes) => {
        take(writtenBytes);
        this.#writtenBytes += writtenBytes;
      },
      end: () => {
        take(leftBytes);
      },
    };
  }

  /** What a failed write of any kind is answered with. */
  async failure(error: unknown): Promise<unknown> {
    if (isS3Error(error)) return error;
    await this.look();
    return toStoreError(error, () => this.#freeBytes < this.#reserveBytes + mebibyte);
  }

  async look(): Promise<void> {
    this.#looking ??= this.#look();
    await this.#looking;
  }

  /** Runs a write that makes room in the end; on a full disk it gets the ballast's. */
  async release<T>(write: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await write();
      } catch (error) {
        const known = await this.failure(error);
        if (attempt >= 3 || !isS3Error(known, 'InsufficientCapacity')) throw known;
        await unlink(this.#ballast).catch(() => undefined);
      }
    }
  }

  /** Makes the ballast where there is none and room for it. */
  async refill(): Promise<void> {
    await this.look();
    const sizeBytes = Math.min(mebibyte, Math.floor(this.#reserveBytes / 4));
    const present = await stat(this.#ballast).then(
      (found) => found.size,
      () => 0,
    );
    if (present >= sizeBytes || this.#freeBytes < this.#reserveBytes + sizeBytes) return;
    try {
      const file = await open(this.#ballast, 'w', 0o600);
      try {
        await file.write(Buffer.alloc(sizeBytes, 1));
        await file.datasync();
      } finally {
        await file.close();
      }
    } catch {
      await unlink(this.#ballast).catch(() => undefined);
    }
  }

  #hasRoom(sizeBytes: number): boolean {
    if (performance.now() - this.#lookedAtMs > freshMs) void this.look();
    return this.#freeBytes - this.#promisedBytes - this.#writtenBytes - sizeBytes >= this.#reserveBytes;
  }

  get #ballast(): string {
    return join(this.#dir, 'ballast');
  }

  async #look(): Promise<void> {
    try {
      const { bavail, blocks, bsize } = await statfs(this.#dir);
      this.#freeBytes = bavail * bsize;
      this.#writtenBytes = 0;
      this.#reserveBytes = Math.min(64 * mebibyte, Math.floor((blocks * bsize) / 20));
    } catch {
      // Where the system does not tell, a write that fails for want of room still says so.
      this.#freeBytes = Infinity;
    }
    this.#lookedAtMs = performance.now();
    this.#looking = undefined;
  }
}
