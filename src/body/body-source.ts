import type { PayloadPromise } from '../auth/verifier.ts';
import { S3Error } from '../errors/s3-error.ts';
import type { ChecksumAlgorithm } from '../s3/checksum.ts';
import type { RequestHead } from '../s3/request-head.ts';
import type { BodySource, Digests } from '../storage/values.ts';
import { BodyHash } from './body-hash.ts';
import { readBodyPromises, type BodyPromises } from './body-promises.ts';
import { DecodedPieces } from './decoded-pieces.ts';
import { checkKept, checkKeptByNothing } from './kept-promises.ts';
import { giveSlab, slabBytes, takeSlab } from './slabs.ts';

export interface BodyInput {
  /** The body as it comes from the network; asked for its first piece only when the body is read. */
  readonly stream: AsyncIterable<Uint8Array>;
  readonly request: RequestHead;
  readonly payload: PayloadPromise;
  /** What the request's x-amz-checksum-* headers are about; CompleteMultipartUpload's are about the object. */
  readonly checksumsOf?: 'body' | 'object';
}

/** Throws what can be told from the headers alone; see `readBodyPromises` and, for the rest, `BodySource`. */
export function createBodySource(input: BodyInput): BodySource {
  const promises = readBodyPromises(input.request, input.payload, input.checksumsOf ?? 'body');
  if (promises.isEmpty) checkKeptByNothing(promises);
  return new RequestBody(input, promises);
}

class RequestBody implements BodySource {
  readonly sizeBytes?: number;
  readonly promisedAlgorithm?: ChecksumAlgorithm;
  private readonly request: RequestHead;
  private readonly promises: BodyPromises;
  private readonly pieces: DecodedPieces;
  private algorithm: ChecksumAlgorithm;
  private hash: BodyHash | undefined;
  private computed: Digests | undefined;
  /** What of the last piece did not fit into its slab. */
  private overhang: Uint8Array | undefined;

  constructor(input: BodyInput, promises: BodyPromises) {
    this.request = input.request;
    this.promises = promises;
    this.pieces = new DecodedPieces(input.stream, promises);
    if (promises.sizeBytes !== undefined) this.sizeBytes = promises.sizeBytes;
    if (promises.checksum !== undefined) this.promisedAlgorithm = promises.checksum.algorithm;
    this.algorithm = this.promisedAlgorithm ?? 'CRC64NVME';
  }

  requiredSizeBytes(): number {
    if (this.sizeBytes !== undefined) return this.sizeBytes;
    if (this.request.header('transfer-encoding') === undefined) throw new S3Error('MissingContentLength');
    throw new S3Error('NotImplemented', {
      message: 'A header you provided implies functionality that is not implemented: Transfer-Encoding',
      details: { Header: 'Transfer-Encoding' },
    });
  }

  useAlgorithm(algorithm: ChecksumAlgorithm): void {
    if (this.hash !== undefined) throw new TypeError('the body is being read');
    if (this.promisedAlgorithm === undefined) this.algorithm = algorithm;
    else if (this.promisedAlgorithm !== algorithm) {
      throw new S3Error('InvalidRequest', {
        message: `Checksum Type mismatch occurred, expected checksum Type: ${algorithm.toLowerCase()}, actual checksum Type: ${this.promisedAlgorithm.toLowerCase()}`,
      });
    }
  }

  async bytes(): Promise<Buffer> {
    const hash = this.begin();
    const all: Uint8Array[] = [];
    for (;;) {
      const piece = await this.pieces.next();
      if (piece === undefined) break;
      hash.update(piece);
      all.push(piece);
    }
    this.finish(hash);
    const [only] = all;
    return only !== undefined && all.length === 1
      ? Buffer.from(only.buffer, only.byteOffset, only.length)
      : Buffer.concat(all);
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    if (this.sizeBytes !== undefined && this.sizeBytes <= slabBytes) {
      const all = await this.bytes();
      if (all.length > 0) yield all;
      return;
    }
    const hash = this.begin();
    let [now, next] = [takeSlab(), takeSlab()];
    let filling = this.fill(now, hash);
    try {
      for (;;) {
        const filled = await filling;
        if (filled === 0) return;
        // The next slab fills while the reader writes this one.
        filling = this.fill(next, hash);
        filling.catch(() => undefined);
        yield now.subarray(0, filled);
        [now, next] = [next, now];
      }
    } finally {
      const release = (): void => {
        giveSlab(now);
        giveSlab(next);
      };
      filling.then(release, release);
    }
  }

  digests(): Digests {
    if (this.computed === undefined) throw new TypeError('the body has not been read to its end');
    return this.computed;
  }

  private begin(): BodyHash {
    if (this.hash !== undefined) throw new TypeError('a body is read once');
    this.hash = new BodyHash(this.algorithm, this.promises.sha256 !== undefined);
    return this.hash;
  }

  /** Fills a slab as far as there are bytes; 0 at the end, when all promises were kept. */
  private async fill(slab: Buffer, hash: BodyHash): Promise<number> {
    let filled = 0;
    while (filled < slab.length && this.computed === undefined) {
      const piece = this.overhang ?? (await this.pieces.next());
      if (piece === undefined) {
        hash.update(slab.subarray(0, filled));
        this.finish(hash);
        return filled;
      }
      const taken = Math.min(piece.length, slab.length - filled);
      slab.set(taken === piece.length ? piece : piece.subarray(0, taken), filled);
      this.overhang = taken === piece.length ? undefined : piece.subarray(taken);
      filled += taken;
    }
    if (filled > 0) hash.update(slab.subarray(0, filled));
    return filled;
  }

  private finish(hash: BodyHash): void {
    const hashed = hash.finish();
    checkKept(this.promises, hashed, this.pieces.trailers);
    this.computed = hashed.digests;
  }
}
