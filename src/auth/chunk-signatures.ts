import { createHash, createHmac, timingSafeEqual, type Hash } from 'node:crypto';
import { S3Error } from '../errors/s3-error.ts';
import type { ChunkSignaturesSent, ChunkSigning } from './verifier.ts';

const emptyHash = createHash('sha256').digest('hex');

/** Takes the bytes of chunks, and the signatures between them. */
export interface ChunkVerifier {
  update(bytes: Uint8Array): void;
  /** SignatureDoesNotMatch unless it is that of the bytes since the last one. */
  verifyChunk(signature: string): void;
  /** `trailers`: `name:value` and a line feed for each, in their order. */
  verifyTrailers(trailers: string, signature: string): void;
}

export function chunkSignatures(signing: ChunkSignaturesSent): ChunkVerifier | undefined {
  return signing === 'unverified' ? new FormOfSignatures() : signing && new ChunkSignatures(signing);
}

/**
 * The chain of signatures in an aws-chunked body: each one covers its chunk and the signature before it.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html and sigv4-streaming-trailers.html
 */
class ChunkSignatures implements ChunkVerifier {
  private readonly signing: ChunkSigning;
  private previous: string;
  private hash: Hash = createHash('sha256');

  constructor(signing: ChunkSigning) {
    this.signing = signing;
    this.previous = signing.seedSignature;
  }

  update(bytes: Uint8Array): void {
    this.hash.update(bytes);
  }

  verifyChunk(signature: string): void {
    const hash = this.hash.digest('hex');
    this.hash = createHash('sha256');
    this.verify(`AWS4-HMAC-SHA256-PAYLOAD\n${this.prefix()}\n${emptyHash}\n${hash}`, signature);
  }

  verifyTrailers(trailers: string, signature: string): void {
    const hash = createHash('sha256').update(trailers, 'latin1').digest('hex');
    this.verify(`AWS4-HMAC-SHA256-TRAILER\n${this.prefix()}\n${hash}`, signature);
  }

  private prefix(): string {
    return `${this.signing.dateTime}\n${this.signing.scope}\n${this.previous}`;
  }

  private verify(stringToSign: string, signature: string): void {
    const calculated = createHmac('sha256', this.signing.signingKey).update(stringToSign).digest('hex');
    const provided = Buffer.from(signature, 'latin1');
    const expected = Buffer.from(calculated, 'latin1');
    if (provided.length !== expected.length || !timingSafeEqual(provided, expected)) {
      throw new S3Error('SignatureDoesNotMatch', {
        details: { StringToSign: stringToSign, SignatureProvided: signature },
      });
    }
    this.previous = calculated;
  }
}

/** For signatures that only somebody else could verify: they have to be there. */
class FormOfSignatures implements ChunkVerifier {
  update(): void {
    // Nothing is made of the bytes.
  }

  verifyChunk(signature: string): void {
    if (!/^[0-9a-f]{64}$/.test(signature)) throw new S3Error('SignatureDoesNotMatch');
  }

  verifyTrailers(_: string, signature: string): void {
    this.verifyChunk(signature);
  }
}
