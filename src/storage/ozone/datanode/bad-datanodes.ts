import type { DatanodeDetails } from '../proto/hdds.ts';

/** Datanodes that could not be reached a short while ago: they are asked last, so that one waits for them once only. */
export class BadDatanodes {
  readonly #until = new Map<string, number>();
  readonly #forMs: number;
  readonly #now: () => number;

  constructor(forMs: number, now: () => number = Date.now) {
    this.#forMs = forMs;
    this.#now = now;
  }

  add({ uuid }: DatanodeDetails): void {
    this.#until.set(uuid, this.#now() + this.#forMs);
  }

  remove({ uuid }: DatanodeDetails): void {
    this.#until.delete(uuid);
  }

  has({ uuid }: DatanodeDetails): boolean {
    const until = this.#until.get(uuid);
    if (until === undefined) return false;
    if (until > this.#now()) return true;
    this.#until.delete(uuid);
    return false;
  }

  /** The same datanodes in the same order, but the bad ones behind all others. */
  sort(datanodes: readonly DatanodeDetails[]): DatanodeDetails[] {
    const bad = datanodes.filter((datanode) => this.has(datanode));
    return [...datanodes.filter((datanode) => !bad.includes(datanode)), ...bad];
  }
}
