import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';

const seed = createHash('sha256').update('patterned object').digest();
const pieceBytes = 1024 * 1024;
/** Nowhere the same within a piece; each piece begins with its number, so that none can stand for another. */
const piece = Buffer.alloc(pieceBytes);
for (let offset = 0; offset < pieceBytes; offset += 4) {
  piece.writeUInt32LE((Math.imul(offset + 1, 2654435761) ^ seed.readUInt32LE(offset % 28)) >>> 0, offset);
}

function* piecesOf(sizeBytes: number, first: number): Generator<Buffer> {
  for (let at = 0; at < sizeBytes; at += pieceBytes) {
    const bytes = Buffer.from(piece.subarray(0, sizeBytes - at));
    if (bytes.length >= 8) bytes.writeDoubleBE(first + at, 0);
    yield bytes;
  }
}

/** An object of any size that is made as it is sent, and checked as it is received. */
export class PatternedObject {
  readonly sizeBytes: number;
  readonly #first: number;

  /** Another `first` makes other bytes of the same size. */
  constructor(sizeBytes: number, first = 0) {
    this.sizeBytes = sizeBytes;
    this.#first = first;
  }

  stream(): Readable {
    return Readable.from(piecesOf(this.sizeBytes, this.#first), { objectMode: false });
  }

  bytes(): Buffer {
    return Buffer.concat([...piecesOf(this.sizeBytes, this.#first)]);
  }

  md5(): string {
    const hash = createHash('md5');
    for (const bytes of piecesOf(this.sizeBytes, this.#first)) hash.update(bytes);
    return hash.digest('hex');
  }

  /** Reads to the end; undefined where all bytes are as they were sent, else what is wrong. */
  async differenceFrom(received: AsyncIterable<Uint8Array>): Promise<string | undefined> {
    const hash = createHash('md5');
    let sizeBytes = 0;
    for await (const bytes of received) {
      hash.update(bytes);
      sizeBytes += bytes.length;
    }
    if (sizeBytes !== this.sizeBytes) return `${sizeBytes} bytes instead of ${this.sizeBytes}`;
    return hash.digest('hex') === this.md5() ? undefined : 'other bytes';
  }
}
