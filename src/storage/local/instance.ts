import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';

const suffix = '.alive';
/** What a socket's address has room for, less on macOS. */
const maxAddressBytes = 100;

/**
 * A process that has the store open. As long as it lives it listens on a socket in DATA/instances; the kernel ends that
 * with the process, however it ends, so nobody has to guess from process ids, which containers and reboots give anew.
 */
export class Instance {
  readonly id: string;
  readonly #directory: InstanceDirectory;
  readonly #server: Server;

  private constructor(id: string, directory: InstanceDirectory, server: Server) {
    this.id = id;
    this.#directory = directory;
    this.#server = server;
  }

  /** Throws the system's error where no socket can be made. */
  static async start(directory: InstanceDirectory): Promise<Instance> {
    const id = randomBytes(6).toString('hex');
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      // Exclusive: a worker of node:cluster would else have the primary listen for it.
      server.listen({ path: directory.address(id), exclusive: true }, resolve);
    });
    server.unref();
    return new Instance(id, directory, server);
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
    await this.#directory.forget(this.id);
  }
}

/** DATA/instances: a socket for each instance, and those of dead ones until a sweep. */
export class InstanceDirectory {
  readonly #dir: string;
  readonly #descriptor: number;

  constructor(dir: string) {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    this.#dir = dir;
    this.#descriptor = openSync(dir, 'r');
  }

  /** A socket's path is short, and DATA may be anywhere: then it goes by the open directory. */
  address(id: string): string {
    const path = join(this.#dir, id + suffix);
    if (Buffer.byteLength(path) <= maxAddressBytes || process.platform !== 'linux') return path;
    return `/proc/self/fd/${this.#descriptor}/${id}${suffix}`;
  }

  list(): string[] {
    return readdirSync(this.#dir)
      .filter((name) => name.endsWith(suffix))
      .map((name) => name.slice(0, -suffix.length));
  }

  /** Ids are never given again: an instance once found dead stays so. */
  async isAlive(id: string): Promise<boolean> {
    return await new Promise((resolve) => {
      const socket = connect(this.address(id));
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', (error) => {
        // Any other failure, as of a full backlog, is no proof of death.
        resolve(!('code' in error && (error.code === 'ECONNREFUSED' || error.code === 'ENOENT')));
      });
    });
  }

  async forget(id: string): Promise<void> {
    await unlink(join(this.#dir, id + suffix)).catch(() => undefined);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
