import { CaseSkipped } from './failure.ts';

/** per-case: made and removed for each; pool: made, emptied and used again; existing: only those that were given. */
export const bucketModes = ['per-case', 'pool', 'existing'] as const;
export type BucketMode = (typeof bucketModes)[number];

/** So many buckets do most cases use at most. */
const bucketsPerCase = 2;

/** Where the buckets of cases come from, besides being made. A holder is one running case. */
export class BucketSupply {
  readonly mode: BucketMode;
  readonly given: readonly string[];
  /** Given buckets are handed out in shares, so that two cases never wait for each other's. */
  readonly #shares: string[][];
  readonly #held = new Map<object, { readonly share: string[]; next: number }>();
  readonly #emptied: string[] = [];
  readonly #doubtful: string[] = [];

  constructor(mode: BucketMode = 'per-case', given: readonly string[] = []) {
    this.mode = mode;
    this.given = given;
    const count = Math.max(1, Math.floor(given.length / bucketsPerCase));
    this.#shares = Array.from({ length: count }, (_, at) => given.filter((_bucket, index) => index % count === at));
  }

  /** How many cases can run at a time. */
  get mostCases(): number {
    return this.mode === 'existing' ? this.#shares.length : Infinity;
  }

  isGiven(bucket: string): boolean {
    return this.given.includes(bucket);
  }

  /**
   * A bucket that is there and empty; undefined when one has to be made.
   * @throws CaseSkipped when a case needs more than its share of the given buckets
   */
  take(holder: object): string | undefined {
    if (this.mode !== 'existing') return this.mode === 'pool' ? this.#emptied.pop() : undefined;
    const held = this.#held.get(holder) ?? { share: this.#shares.pop() ?? [], next: 0 };
    this.#held.set(holder, held);
    const bucket = held.share[held.next];
    held.next += 1;
    if (bucket === undefined) throw new CaseSkipped('bucket.create: more buckets, given by --buckets');
    return bucket;
  }

  /** The holder has ended. */
  release(holder: object): void {
    const held = this.#held.get(holder);
    if (held !== undefined) this.#shares.push(held.share);
    this.#held.delete(holder);
  }

  /** Pool: a bucket that is empty again. */
  giveBack(bucket: string): void {
    this.#emptied.push(bucket);
  }

  /** A bucket whose making had no answer: it may be there only after its case has cleaned up. */
  doubt(bucket: string): void {
    this.#doubtful.push(bucket);
  }

  /** The buckets that nobody uses, and those in doubt, which are forgotten here. */
  drain(): string[] {
    return [...this.#emptied.splice(0), ...this.#doubtful.splice(0)];
  }
}
