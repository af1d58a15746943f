import { mkdirSync } from 'node:fs';
import { readdir, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstanceDirectory } from './instance.ts';

/**
 * DATA/leases/<manifest id>.<instance id>.<number>: an instance is reading the object of that manifest, so its pieces
 * must stay. A reader takes the lease, then looks again whether the object still is that one; whoever replaces the
 * object commits, then looks for leases: one of the two sees the other. (An object in one piece needs none: its file is
 * open.)
 */
export class Leases {
  readonly #dir: string;
  readonly #instanceId: string;
  readonly #instances: InstanceDirectory;
  #count = 0;

  constructor(dir: string, instanceId: string, instances: InstanceDirectory) {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    this.#dir = dir;
    this.#instanceId = instanceId;
    this.#instances = instances;
  }

  /** Resolves to what gives the lease back. */
  async take(manifestId: string): Promise<() => Promise<void>> {
    const path = join(this.#dir, `${manifestId}.${this.#instanceId}.${this.#count++}`);
    await writeFile(path, '', { mode: 0o600 });
    return () => unlink(path).catch(() => undefined);
  }

  /** The manifests that living instances read; leases of dead ones are removed. */
  async list(): Promise<Set<string>> {
    const manifests = new Set<string>();
    const alive = new Map([[this.#instanceId, true]]);
    for (const name of await readdir(this.#dir)) {
      const [manifestId = '', instanceId = ''] = name.split('.');
      const isAlive = alive.get(instanceId) ?? (await this.#instances.isAlive(instanceId));
      alive.set(instanceId, isAlive);
      if (isAlive) manifests.add(manifestId);
      else await unlink(join(this.#dir, name)).catch(() => undefined);
    }
    return manifests;
  }
}
