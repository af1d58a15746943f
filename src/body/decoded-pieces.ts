import { AwsChunkedDecoder } from '../auth/chunked-body.ts';
import { S3Error } from '../errors/s3-error.ts';
import type { BodyPromises } from './body-promises.ts';

/** Pulls a body from its stream and takes the aws-chunked framing off. Its lengths are checked on the way. */
export class DecodedPieces {
  private readonly iterator: AsyncIterator<Uint8Array>;
  private readonly promises: BodyPromises;
  private readonly decoder: AwsChunkedDecoder | undefined;
  private decoded: Uint8Array[] = [];
  private nextDecoded = 0;
  private wireBytes = 0;
  private sizeBytes = 0;

  constructor(stream: AsyncIterable<Uint8Array>, promises: BodyPromises) {
    this.iterator = stream[Symbol.asyncIterator]();
    this.promises = promises;
    const { chunking, sizeBytes = 0 } = promises;
    this.decoder =
      chunking &&
      new AwsChunkedDecoder({
        decodedBytes: sizeBytes,
        signing: chunking.payload.signed,
        trailers: chunking.trailers,
      });
  }

  /** By lower-case name, after the end. */
  get trailers(): ReadonlyMap<string, string> {
    return this.decoder?.trailers ?? new Map<string, string>();
  }

  /**
   * Undefined at the end. The stream is never told when reading stops short of it, since a Node stream would then
   * destroy its socket, and with it the answer.
   */
  async next(): Promise<Uint8Array | undefined> {
    for (;;) {
      const piece = this.decoded[this.nextDecoded];
      if (piece !== undefined) {
        this.nextDecoded += 1;
        return piece;
      }
      const result = await this.iterator.next();
      if (result.done === true) {
        this.end();
        return undefined;
      }
      this.decode(result.value);
    }
  }

  private decode(bytes: Uint8Array): void {
    this.wireBytes += bytes.length;
    this.decoded = [];
    this.nextDecoded = 0;
    if (this.decoder === undefined) this.take(bytes);
    else
      this.decoder.decode(bytes, (piece) => {
        this.take(piece);
      });
  }

  private take(piece: Uint8Array): void {
    this.sizeBytes += piece.length;
    if (this.sizeBytes > (this.promises.sizeBytes ?? Infinity)) throw new S3Error('IncompleteBody');
    if (piece.length > 0) this.decoded.push(piece);
  }

  private end(): void {
    this.decoder?.end();
    const { wireBytes = this.wireBytes, sizeBytes = this.sizeBytes } = this.promises;
    if (this.wireBytes !== wireBytes || this.sizeBytes !== sizeBytes) throw new S3Error('IncompleteBody');
  }
}
