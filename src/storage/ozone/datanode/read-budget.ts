const largestPieceBytes = 2 * 1024 * 1024;
const smallestPieceBytes = 64 * 1024;

/** A reader has a piece that goes to its client, one that comes, and one that may be put together meanwhile. */
const piecesOfReader = 3;

/** Shares the memory for pieces among the readers: a few have large ones, which cost less a byte; many have small ones. */
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

  /** How much a reader may ask for at a time just now. */
  get pieceBytes(): number {
    const share = this.#sizeBytes / (piecesOfReader * Math.max(this.#readers, 1));
    return Math.max(smallestPieceBytes, Math.min(largestPieceBytes, 2 ** Math.floor(Math.log2(share))));
  }
}
