import { S3Error } from '../../../errors/s3-error.ts';
import type { BlocksToRead } from '../block-io.ts';
import type { KeyLocation } from '../proto/om.ts';
import { BlockReader, type ReadTools } from './block-reader.ts';
import type { ReadBudget } from './read-budget.ts';

/** A run of bytes of a key within one block. */
interface Extent {
  readonly index: number;
  readonly location: KeyLocation;
  /** Within the block; `end` is exclusive. */
  readonly first: number;
  readonly end: number;
}

/**
 * Streams a range of a key's bytes, block by block. One piece is ahead of the consumer; nothing is asked for before it
 * begins, and what is on its way is cancelled when it stops.
 */
export class KeyReader implements AsyncIterableIterator<Uint8Array> {
  readonly #blocks: BlocksToRead;
  readonly #budget: ReadBudget;
  readonly #stop = new AbortController();
  readonly #pieces: AsyncIterator<Uint8Array, undefined>;
  #ahead: Promise<IteratorResult<Uint8Array, undefined>> | undefined;
  #isOver = false;

  constructor(tools: ReadTools, budget: ReadBudget, blocks: BlocksToRead) {
    this.#blocks = blocks;
    this.#budget = budget;
    this.#pieces = piecesOf(tools, budget, { ...blocks, signal: this.#stop.signal });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#isOver) return { done: true, value: undefined };
    this.#ahead ??= this.#begin();
    try {
      const result = await this.#ahead;
      if (result.done) this.#end();
      else this.#readAhead();
      return result;
    } catch (error) {
      this.#end();
      throw error;
    }
  }

  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.#end();
    await this.#ahead?.catch(() => undefined);
    return { done: true, value: undefined };
  }

  #begin(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.#budget.enter();
    const { signal } = this.#blocks;
    if (signal.aborted) this.#abort();
    else signal.addEventListener('abort', this.#abort, { once: true });
    return this.#pieces.next();
  }

  #readAhead(): void {
    this.#ahead = this.#pieces.next();
    this.#ahead.catch(() => undefined);
  }

  readonly #abort = (): void => this.#stop.abort(this.#blocks.signal.reason);

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (this.#ahead !== undefined) this.#budget.leave();
    this.#blocks.signal.removeEventListener('abort', this.#abort);
    this.#stop.abort();
  }
}

async function* piecesOf(
  tools: ReadTools,
  budget: ReadBudget,
  blocks: BlocksToRead,
): AsyncGenerator<Uint8Array, undefined> {
  for (const { index, location, first, end } of extentsOf(blocks)) {
    const reader = new BlockReader(tools, blocks, location, async () => {
      const fresh = (await blocks.refresh())[index];
      if (fresh === undefined) throw new S3Error('InternalError', { cause: new Error('the key has fewer blocks now') });
      return fresh;
    });
    for (let position = first; position < end;) {
      const piece = await reader.read({ first: position, end, maxBytes: budget.pieceBytes });
      position += piece.length;
      yield piece;
    }
  }
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
