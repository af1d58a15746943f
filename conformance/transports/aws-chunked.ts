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

/**
 * Frames a payload as aws-chunked, chained to the request's own signature.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html and sigv4-streaming-trailers.html
 */
export function encodeAwsChunked(payload: Buffer, signing: Signing, options: AwsChunkedOptions): Buffer {
  const { form, trailers = [], faults = {} } = options;
  const isSigned = form !== 'unsigned-trailer';
  const out: Buffer[] = [];
  let previous = faults.seed?.(signing.signature) ?? signing.signature;
  const chunks = split(payload, options.chunkSizeBytes ?? 65_536);
  for (const [index, data] of chunks.entries()) {
    let line = data.length.toString(16);
    if (isSigned) {
      const right = hmac(signing.key, chunkStringToSign(signing, previous, data)).toString('hex');
      previous = faults.chunkSignature?.(right, index) ?? right;
      line += `;chunk-signature=${previous}`;
    }
    out.push(Buffer.from(`${faults.chunkHeader?.(line, index) ?? line}${crlf}`));
    out.push(faults.chunkData?.(data, index) ?? data);
    if (index < chunks.length - 1) out.push(Buffer.from(crlf));
  }
  if (form !== 'signed') {
    for (const [name, value] of trailers) out.push(Buffer.from(`${name}:${value}${crlf}`));
    if (isSigned) {
      const right = hmac(signing.key, trailerStringToSign(signing, previous, trailers)).toString('hex');
      out.push(Buffer.from(`x-amz-trailer-signature:${faults.trailerSignature?.(right) ?? right}${crlf}`));
    }
  }
  out.push(Buffer.from(crlf));
  const body = Buffer.concat(out);
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
