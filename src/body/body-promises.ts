import type { PayloadPromise } from '../auth/verifier.ts';
import { S3Error } from '../errors/s3-error.ts';
import type { RequestHead } from '../s3/request-head.ts';
import { announcedChecksum, announcedTrailers, type AnnouncedChecksum } from './announced-checksum.ts';

/** All that a client says of a body before it sends it. */
export interface BodyPromises {
  /** On the wire, aws-chunked framing included; undefined for a transfer of unknown length. */
  readonly wireBytes: number | undefined;
  /** Whether HTTP itself says that nothing comes. */
  readonly isEmpty: boolean;
  /** Decoded; undefined where nobody said it. */
  readonly sizeBytes: number | undefined;
  /** Base64. */
  readonly contentMd5: string | undefined;
  /** Hex. */
  readonly sha256: string | undefined;
  readonly checksum: AnnouncedChecksum | undefined;
  readonly chunking: { readonly payload: AwsChunked; readonly trailers: readonly string[] | undefined } | undefined;
}

type AwsChunked = Extract<PayloadPromise, { kind: 'aws-chunked' }>;

const decodedLength = 'x-amz-decoded-content-length';

function readLength(head: RequestHead, name: string): number | undefined {
  const text = head.header(name)?.trim();
  if (text === undefined) return undefined;
  const length = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(length)) return length;
  throw new S3Error('InvalidArgument', {
    message: `The value of ${name} is not a length.`,
    details: { ArgumentName: name, ArgumentValue: text },
  });
}

function readContentMd5(head: RequestHead): string | undefined {
  const value = head.header('content-md5')?.trim();
  if (value === undefined) return undefined;
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length === 16 && bytes.toString('base64') === value) return value;
  throw new S3Error('InvalidDigest', {
    message: 'The Content-MD5 you specified was invalid.',
    details: { 'Content-MD5': value },
  });
}

function refuseStrayTrailers(head: RequestHead): void {
  if (announcedTrailers(head).length === 0) return;
  throw new S3Error('MalformedTrailerError');
}

function hasTransferEncoding(head: RequestHead): boolean {
  return head.header('transfer-encoding') !== undefined;
}

/**
 * Throws what a client can be told before it sends anything: InvalidDigest, MissingContentLength for an aws-chunked
 * body without its decoded length, and all of `announcedChecksum`.
 */
export function readBodyPromises(
  head: RequestHead,
  payload: PayloadPromise,
  checksumsOf: 'body' | 'object',
): BodyPromises {
  const checksum = checksumsOf === 'body' ? announcedChecksum(head) : undefined;
  const contentMd5 = readContentMd5(head);
  const wireBytes = hasTransferEncoding(head) ? undefined : readLength(head, 'content-length');
  const isEmpty = wireBytes === 0 || (wireBytes === undefined && !hasTransferEncoding(head));
  const sha256 = payload.kind === 'sha256' ? payload.hex : undefined;
  if (payload.kind !== 'aws-chunked') {
    refuseStrayTrailers(head);
    return { wireBytes, isEmpty, sizeBytes: wireBytes, contentMd5, sha256, checksum, chunking: undefined };
  }
  const sizeBytes = readLength(head, decodedLength);
  if (sizeBytes === undefined) throw new S3Error('MissingContentLength');
  if (wireBytes === undefined && !hasTransferEncoding(head)) throw new S3Error('MissingContentLength');
  const trailers = payload.trailer ? announcedTrailers(head) : undefined;
  if (!payload.trailer) refuseStrayTrailers(head);
  return { wireBytes, isEmpty, sizeBytes, contentMd5, sha256, checksum, chunking: { payload, trailers } };
}
