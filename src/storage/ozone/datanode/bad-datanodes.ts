import type { DatanodeDetails } from '../proto/hdds.ts';

/**
 * Datanodes that could not be reached. They are asked last until they answer again, but for one reader from time to time
 * that tries: so one waits for them, not all.
 */
export class BadDatanodes {
  readonly #nextTry = new Map<string, number>();
  readonly #forMs: number;
  readonly #now: () => number;

  constructor(forMs: number, now: () => number = Date.now) {
    this.#forMs = forMs;
    this.#now = now;
  }

  add({ uuid }: DatanodeDetails): void {
    this.#nextTry.set(uuid, this.#now() + this.#forMs);
  }

  remove({ uuid }: DatanodeDetails): void {
    this.#nextTry.delete(uuid);
  }

  /** The same datanodes in the same order, but the bad ones behind all others; unless it is time to try the first. */
  sort(datanodes: readonly DatanodeDetails[]): DatanodeDetails[] {
    const [first] = datanodes;
    const nextTry = first === undefined ? undefined : this.#nextTry.get(first.uuid);
    const tried = nextTry !== undefined && nextTry <= this.#now() ? first : undefined;
    if (tried !== undefined) this.add(tried);
    const isBad = (datanode: DatanodeDetails): boolean => datanode !== tried && this.#nextTry.has(datanode.uuid);
    return [...datanodes.filter((datanode) => !isBad(datanode)), ...datanodes.filter(isBad)];
  }
}
