import { S3Error } from '../errors/s3-error.ts';
import type { ChunkVerifier } from './chunk-signatures.ts';

const signatureName = 'x-amz-trailer-signature';

/** The lines after the last chunk: each announced trailer once, and their signature where chunks are signed. */
export class ChunkTrailers {
  readonly values = new Map<string, string>();
  readonly maxLineBytes = 1024;
  private readonly announced: readonly string[];
  private readonly signatures: ChunkVerifier | undefined;
  private signedText = '';
  private isSigned = false;
  private hasSeparator = false;

  constructor(announced: readonly string[], signatures: ChunkVerifier | undefined) {
    this.announced = announced;
    this.signatures = signatures;
  }

  /** Whether nothing is missing but the empty line at the end, which some clients leave out. */
  get isComplete(): boolean {
    return this.values.size === this.announced.length && (this.isSigned || this.signatures === undefined);
  }

  /** Takes a line without its end; true when it was the last one. MalformedTrailerError, SignatureDoesNotMatch. */
  takeLine(line: string): boolean {
    if (line === '') return this.takeEmptyLine();
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === signatureName) this.takeSignature(value);
    else this.takeTrailer(name, value);
    return false;
  }

  private takeEmptyLine(): boolean {
    if (this.isComplete) return true;
    // Some clients put an empty line between the trailers and their signature.
    if (this.hasSeparator || this.signatures === undefined || this.values.size === 0) throw malformed();
    this.hasSeparator = true;
    return false;
  }

  private takeTrailer(name: string, value: string): void {
    if (!this.announced.includes(name) || this.values.has(name) || this.isSigned || this.hasSeparator) {
      throw malformed();
    }
    this.values.set(name, value);
    this.signedText += `${name}:${value}\n`;
  }

  private takeSignature(signature: string): void {
    if (this.signatures === undefined || this.isSigned) throw malformed();
    this.signatures.verifyTrailers(this.signedText, signature);
    this.isSigned = true;
  }
}

function malformed(): S3Error {
  return new S3Error('MalformedTrailerError');
}
