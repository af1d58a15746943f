import { S3Error } from '../errors/s3-error.ts';
import { chunkSignatures, type ChunkVerifier } from './chunk-signatures.ts';
import { ChunkTrailers } from './chunk-trailers.ts';
import { LineReader } from './line-reader.ts';
import type { ChunkSignaturesSent } from './verifier.ts';

export interface AwsChunkedOptions {
  /** From x-amz-decoded-content-length. */
  readonly decodedBytes: number;
  readonly signing: ChunkSignaturesSent;
  /** The trailers that x-amz-trailer announces, in lower case; undefined where the payload has none. */
  readonly trailers: readonly string[] | undefined;
}

type Stage = 'size' | 'data' | 'data-end' | 'trailers' | 'last-line' | 'done' | 'over';

const minChunkBytes = 8192;
const maxSizeLine = 256;
const sizeLine = /^([0-9a-fA-F]{1,13})(?:;chunk-signature=([0-9a-fA-F]*))?$/;

/**
 * Decodes an aws-chunked body, which comes in pieces cut anywhere:
 *
 *     10000;chunk-signature=ad80…\r\n<65536 bytes>\r\n … 0;chunk-signature=b6c6…\r\n
 *     x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:d81f…\r\n\r\n
 *
 * Throws IncompleteBody for framing or a length that is wrong, InvalidChunkSizeError, SignatureDoesNotMatch,
 * MalformedTrailerError.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export class AwsChunkedDecoder {
  private readonly options: AwsChunkedOptions;
  private readonly signatures: ChunkVerifier | undefined;
  private readonly announced: ChunkTrailers | undefined;
  private readonly line = new LineReader();
  private stage: Stage = 'size';
  private awsChunk = { number: 0, sizeBytes: 0, leftBytes: 0, signature: '' };
  private decodedBytes = 0;

  constructor(options: AwsChunkedOptions) {
    this.options = options;
    this.signatures = chunkSignatures(options.signing);
    this.announced = options.trailers && new ChunkTrailers(options.trailers, this.signatures);
  }

  /** The trailers by lower-case name, after the end. */
  get trailers(): ReadonlyMap<string, string> {
    return this.announced?.values ?? new Map<string, string>();
  }

  /** Gives the decoded bytes to `take`, as views on those that came. */
  decode(bytes: Uint8Array, take: (piece: Uint8Array) => void): void {
    let at = 0;
    while (at < bytes.length) {
      at = this.stage === 'data' ? this.readData(bytes, at, take) : this.readLine(bytes, at);
    }
  }

  /** To be called when no more bytes come. */
  end(): void {
    if (this.stage === 'done' || this.stage === 'over') return;
    const mayEnd = this.stage === 'trailers' && this.line.isEmpty && this.announced?.isComplete === true;
    if (!mayEnd) throw incomplete();
  }

  private readData(bytes: Uint8Array, at: number, take: (piece: Uint8Array) => void): number {
    const until = Math.min(bytes.length, at + this.awsChunk.leftBytes);
    const piece = at === 0 && until === bytes.length ? bytes : bytes.subarray(at, until);
    this.signatures?.update(piece);
    this.awsChunk.leftBytes -= piece.length;
    this.decodedBytes += piece.length;
    take(piece);
    if (this.awsChunk.leftBytes === 0) {
      this.signatures?.verifyChunk(this.awsChunk.signature);
      this.stage = 'data-end';
    }
    return until;
  }

  private readLine(bytes: Uint8Array, at: number): number {
    const limit = this.stage === 'trailers' ? (this.announced?.maxLineBytes ?? 0) : maxSizeLine;
    const next = this.line.read(bytes, at, limit);
    if (next < 0) throw this.stage === 'trailers' ? new S3Error('MalformedTrailerError') : incomplete();
    const text = this.line.take();
    if (text !== undefined) this.takeLine(text);
    return next;
  }

  private takeLine(text: string): void {
    switch (this.stage) {
      case 'size':
        this.beginChunk(text);
        break;
      case 'data-end':
        if (text !== '\r') throw incomplete();
        this.stage = 'size';
        break;
      case 'trailers':
        if (this.announced?.takeLine(text.endsWith('\r') ? text.slice(0, -1) : text) === true) this.stage = 'done';
        break;
      case 'last-line':
        if (text !== '\r') throw incomplete();
        this.stage = 'done';
        break;
      case 'done':
        // Some clients end with one empty line more.
        if (text !== '\r') throw incomplete();
        this.stage = 'over';
        break;
      default:
        throw incomplete();
    }
  }

  private beginChunk(text: string): void {
    const [, digits, signature] = (text.endsWith('\r') && sizeLine.exec(text.slice(0, -1))) || [];
    if (digits === undefined || (signature === undefined) !== (this.signatures === undefined)) throw incomplete();
    const sizeBytes = Number.parseInt(digits, 16);
    if (sizeBytes > 0) this.refuseSmallChunk();
    if (sizeBytes > this.options.decodedBytes - this.decodedBytes) throw incomplete();
    const number = this.awsChunk.number + 1;
    this.awsChunk = { number, sizeBytes, leftBytes: sizeBytes, signature: signature ?? '' };
    if (sizeBytes > 0) this.stage = 'data';
    else this.endData();
  }

  private endData(): void {
    this.signatures?.verifyChunk(this.awsChunk.signature);
    if (this.decodedBytes !== this.options.decodedBytes) throw incomplete();
    this.stage = this.announced === undefined ? 'last-line' : 'trailers';
  }

  private refuseSmallChunk(): void {
    const { number, sizeBytes } = this.awsChunk;
    if (number === 0 || sizeBytes >= minChunkBytes) return;
    throw new S3Error('InvalidChunkSizeError', {
      details: { Chunk: String(number), BadChunkSize: String(sizeBytes) },
    });
  }
}

function incomplete(): S3Error {
  return new S3Error('IncompleteBody', { message: 'The request body terminated unexpectedly' });
}
