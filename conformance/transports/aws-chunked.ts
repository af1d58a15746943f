import { hmac, sha256Hex, type HeaderPair, type Signing } from './sigv4.ts';

/** The value of x-amz-content-sha256 for each framing. */
export const awsChunkedForms = {
  signed: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
  'signed-trailer': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
  'unsigned-trailer': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
} as const;

export type AwsChunkedForm = keyof typeof awsChunkedForms;

export interface AwsChunkedFaults {
  /** The signature the first awsChunk is chained to. */
  readonly seed?: (hex: string) => string;
  readonly chunkSignature?: (hex: string, index: number) => string;
  /** The whole line before an awsChunk's data, without CRLF. */
  readonly chunkHeader?: (line: string, index: number) => string;
  readonly chunkData?: (data: Buffer, index: number) => Buffer;
  readonly trailerSignature?: (hex: string) => string;
  /** The finished body. */
  readonly body?: (bytes: Buffer) => Buffer;
}

export interface AwsChunkedOptions {
  readonly form: AwsChunkedForm;
  /** Default 65,536. */
  readonly chunkSizeBytes?: number;
  readonly trailers?: readonly HeaderPair[];
  readonly faults?: AwsChunkedFaults | undefined;
}

const crlf = '\r\n';

function chunkStringToSign(signing: Signing, previous: string, data: Buffer): string {
  return ['AWS4-HMAC-SHA256-PAYLOAD', signing.timestamp, signing.scope, previous, sha256Hex(''), sha256Hex(data)].join(
    '\n',
  );
}

function trailerStringToSign(signing: Signing, previous: string, trailers: readonly HeaderPair[]): string {
  const canonical = trailers.map(([name, value]) => `${name.toLowerCase()}:${value.trim()}\n`).join('');
  return ['AWS4-HMAC-SHA256-TRAILER', signing.timestamp, signing.scope, previous, sha256Hex(canonical)].join('\n');
}

function split(payload: Buffer, sizeBytes: number): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at < payload.length; at += sizeBytes) pieces.push(payload.subarray(at, at + sizeBytes));
  return [...pieces, Buffer.alloc(0)];
}

/** Signs awsChunk after awsChunk, each chained to the one before. */
class Chain {
  readonly #signing: Signing;
  readonly #faults: AwsChunkedFaults;
  #previous: string;

  constructor(signing: Signing, faults: AwsChunkedFaults) {
    this.#signing = signing;
    this.#faults = faults;
    this.#previous = faults.seed?.(signing.signature) ?? signing.signature;
  }

  chunkSignature(data: Buffer, index: number): string {
    const right = hmac(this.#signing.key, chunkStringToSign(this.#signing, this.#previous, data)).toString('hex');
    this.#previous = this.#faults.chunkSignature?.(right, index) ?? right;
    return this.#previous;
  }

  trailerSignature(trailers: readonly HeaderPair[]): string {
    const right = hmac(this.#signing.key, trailerStringToSign(this.#signing, this.#previous, trailers)).toString('hex');
    return this.#faults.trailerSignature?.(right) ?? right;
  }
}

function frameChunk(data: Buffer, index: number, chain: Chain | undefined, faults: AwsChunkedFaults): Buffer {
  const size = data.length.toString(16);
  const line = chain === undefined ? size : `${size};chunk-signature=${chain.chunkSignature(data, index)}`;
  const header = faults.chunkHeader?.(line, index) ?? line;
  const sent = faults.chunkData?.(data, index) ?? data;
  return Buffer.concat([Buffer.from(`${header}${crlf}`), sent, Buffer.from(data.length > 0 ? crlf : '')]);
}

function frameTrailers(trailers: readonly HeaderPair[], chain: Chain | undefined): Buffer {
  const lines = trailers.map(([name, value]) => `${name}:${value}${crlf}`);
  if (chain !== undefined) lines.push(`x-amz-trailer-signature:${chain.trailerSignature(trailers)}${crlf}`);
  return Buffer.from(lines.join(''));
}

/**
 * Frames a payload as aws-chunked, chained to the request's own signature.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html and sigv4-streaming-trailers.html
 */
export function encodeAwsChunked(payload: Buffer, signing: Signing, options: AwsChunkedOptions): Buffer {
  const { form, trailers = [], faults = {} } = options;
  const chain = form === 'unsigned-trailer' ? undefined : new Chain(signing, faults);
  const chunks = split(payload, options.chunkSizeBytes ?? 65_536);
  const framed = chunks.map((data, index) => frameChunk(data, index, chain, faults));
  const tail = form === 'signed' ? Buffer.alloc(0) : frameTrailers(trailers, chain);
  const body = Buffer.concat([...framed, tail, Buffer.from(crlf)]);
  return faults.body?.(body) ?? body;
}

/** Size of the framed body, which Content-Length must give before the signature is known: signatures have a fixed length. */
export function awsChunkedLength(payload: Buffer, options: AwsChunkedOptions): number {
  const zero = Buffer.alloc(0);
  const stand: Signing = {
    canonicalRequest: '',
    stringToSign: '',
    signature: '',
    signedHeaders: '',
    scope: '',
    timestamp: '',
    key: zero,
  };
  return encodeAwsChunked(payload, stand, options).length;
}
