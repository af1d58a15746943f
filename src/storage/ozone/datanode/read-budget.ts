/** An Ozone chunk, as they usually are: no reply is of more than one. */
const largestPieceBytes = 4 * 1024 * 1024;
const smallestPieceBytes = 128 * 1024;

/** Beside those ahead: the consumer's, and the one that is just put together out of frames. */
const piecesOfReader = 4;
const fewReaders = 8;
/** What a reader begins with: a slow one shall never hold more than that. Many keep the datanodes busy with less each. */
const limits = {
  few: { pieceBytes: 1024 * 1024, piecesAhead: 2 },
  many: { pieceBytes: 512 * 1024, piecesAhead: 1 },
} as const;

/** Shares the memory for pieces among a process's readers: few get large pieces, which cost less a byte; many small ones. */
export class ReadBudget {
  readonly #sizeBytes: number;
  #readers = 0;

  constructor(sizeBytes: number) {
    this.#sizeBytes = sizeBytes;
  }

  enter(): void {
    this.#readers++;
  }

  leave(): void {
    this.#readers--;
  }

  /** How many pieces may be on their way to a reader while its consumer has one. */
  get piecesAhead(): number {
    return this.#limits.piecesAhead;
  }

  /** How much a reader may ask for next, after a piece of `lastBytes`; a power of two. */
  nextPieceBytes(lastBytes: number | undefined): number {
    const share = this.#sizeBytes / (Math.max(this.#readers, 1) * piecesOfReader);
    const wanted = lastBytes === undefined ? this.#limits.pieceBytes : Math.min(lastBytes * 2, largestPieceBytes);
    return Math.max(smallestPieceBytes, Math.min(wanted, 2 ** Math.floor(Math.log2(share))));
  }

  get #limits(): (typeof limits)['few' | 'many'] {
    return this.#readers <= fewReaders ? limits.few : limits.many;
  }
}
