import { S3Error } from '../../../errors/s3-error.ts';
import type { BlocksToRead } from '../block-io.ts';
import type { KeyLocation } from '../proto/om.ts';
import { BlockReader, type ReadTools } from './block-reader.ts';
import type { ReadBudget } from './read-budget.ts';
import type { Span } from './replica-reader.ts';

/**
 * Streams a range of a key's bytes, block by block. A few pieces are ahead of the consumer; nothing is asked for before
 * it begins, and what is on its way is cancelled when it stops.
 */
export class KeyReader implements AsyncIterableIterator<Uint8Array> {
  readonly #budget: ReadBudget;
  readonly #signal: AbortSignal;
  readonly #stop = new AbortController();
  readonly #plan: Iterator<Promise<Uint8Array>, undefined>;
  readonly #ahead: Promise<Uint8Array>[] = [];
  #state: 'new' | 'reading' | 'over' = 'new';

  constructor(tools: ReadTools, budget: ReadBudget, blocks: BlocksToRead) {
    this.#budget = budget;
    this.#signal = blocks.signal;
    this.#plan = planOf(tools, budget, { ...blocks, signal: this.#stop.signal });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#state === 'over') return { done: true, value: undefined };
    try {
      // The rest is planned by what the first piece shows of the block.
      if (this.#state === 'new') this.#begin();
      const piece = await this.#ahead.shift();
      if (piece === undefined) return await this.return();
      this.#fill(this.#budget.piecesAhead);
      return { done: false, value: piece };
    } catch (error) {
      this.#end();
      throw error;
    }
  }

  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.#end();
    await Promise.allSettled(this.#ahead);
    return { done: true, value: undefined };
  }

  #begin(): void {
    this.#state = 'reading';
    this.#budget.enter();
    this.#signal.addEventListener('abort', this.#abort, { once: true });
    if (this.#signal.aborted) this.#abort();
    this.#fill(1);
  }

  #fill(count: number): void {
    while (this.#ahead.length < count) {
      const { done, value } = this.#plan.next();
      if (done) return;
      value.catch(() => undefined); // Thrown when the consumer comes to it.
      this.#ahead.push(value);
    }
  }

  readonly #abort = (): void => this.#stop.abort(this.#signal.reason);

  #end(): void {
    if (this.#state === 'reading') this.#budget.leave();
    this.#state = 'over';
    this.#signal.removeEventListener('abort', this.#abort);
    this.#stop.abort();
  }
}

/** Begins one read after the other, each when it is asked for. */
function* planOf(
  tools: ReadTools,
  budget: ReadBudget,
  blocks: BlocksToRead,
): Generator<Promise<Uint8Array>, undefined> {
  let pieceBytes: number | undefined;
  for (const { index, location, first, end } of extentsOf(blocks)) {
    const reader = new BlockReader(tools, blocks, location, async () => {
      const fresh = (await blocks.refresh())[index];
      if (fresh === undefined) throw new S3Error('InternalError', { cause: new Error('the key has fewer blocks now') });
      return fresh;
    });
    for (let position = first; position < end;) {
      pieceBytes = budget.nextPieceBytes(pieceBytes);
      const span = spanAt(position, end, Math.max(pieceBytes, reader.sliceBytes ?? 0));
      position = span.end;
      yield reader.read(span);
    }
  }
}

/** Ends on a multiple of the piece's size, where slices and chunks are likely to end. Small ranges are left in one. */
export function spanAt(first: number, end: number, pieceBytes: number): Span {
  if (end - first <= pieceBytes) return { first, end };
  return { first, end: (Math.floor(first / pieceBytes) + 1) * pieceBytes };
}

/** A run of bytes of a key within one of its blocks. */
interface Extent extends Span {
  readonly index: number;
  readonly location: KeyLocation;
}

/** The blocks that hold the range. InternalError where they hold less than it. */
export function extentsOf({ locations, range }: Pick<BlocksToRead, 'locations' | 'range'>): Extent[] {
  const extents: Extent[] = [];
  let start = 0;
  for (const [index, location] of locations.entries()) {
    const length = location.length.toNumber();
    const first = Math.max(range.first - start, 0);
    const end = Math.min(range.last + 1 - start, length);
    if (first < end) extents.push({ index, location, first, end });
    start += length;
  }
  if (range.last >= start)
    throw new S3Error('InternalError', { cause: new Error(`the blocks hold ${start} bytes, not ${range.last + 1}`) });
  return extents;
}
