import { S3Error } from '../errors/s3-error.ts';
import type { ByteRange } from './object-attributes.ts';

const singleRange = /^bytes=(\d*)-(\d*)$/i;

/**
 * What a Range header asks of an object of this size. Undefined: the whole object, which is also S3's answer to a
 * header that is malformed, of another unit, or of several ranges (RFC 9110 section 14.2 allows it).
 */
export function parseRange(header: string | undefined, sizeBytes: number): ByteRange | 'unsatisfiable' | undefined {
  const match = header === undefined ? null : singleRange.exec(header.trim());
  if (match === null) return undefined;
  const [, first = '', last = ''] = match;
  if (first === '') return last === '' ? undefined : suffixRange(Number(last), sizeBytes);
  if (last !== '' && Number(last) < Number(first)) return undefined;
  if (Number(first) >= sizeBytes) return 'unsatisfiable';
  return { first: Number(first), last: last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1) };
}

function suffixRange(lengthBytes: number, sizeBytes: number): ByteRange | 'unsatisfiable' {
  if (lengthBytes === 0 || sizeBytes === 0) return 'unsatisfiable';
  return { first: Math.max(0, sizeBytes - lengthBytes), last: sizeBytes - 1 };
}

export function invalidRange(requested: string, sizeBytes: number): S3Error {
  return new S3Error('InvalidRange', {
    details: { RangeRequested: requested, ActualObjectSize: String(sizeBytes) },
    headers: { 'content-range': `bytes */${String(sizeBytes)}` },
  });
}

export function contentRange(range: ByteRange, sizeBytes: number): string {
  return `bytes ${String(range.first)}-${String(range.last)}/${String(sizeBytes)}`;
}

export function rangeLength(range: ByteRange): number {
  return range.last - range.first + 1;
}

const copySourceRangeHeader = 'x-amz-copy-source-range';

/**
 * x-amz-copy-source-range of UploadPartCopy: `bytes=first-last` and nothing else, within the source.
 * InvalidArgument otherwise.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html
 */
export function parseCopySourceRange(header: string): ByteRange {
  const match = /^bytes=(\d+)-(\d+)$/.exec(header.trim());
  const range = match === null ? undefined : { first: Number(match[1]), last: Number(match[2]) };
  if (range !== undefined && range.first <= range.last) return range;
  throw refusedCopyRange(
    'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the ' +
      'zero-based offsets of the first and last bytes to copy',
    header,
  );
}

/** InvalidArgument for a range that reaches beyond the source. */
export function checkWithinSource(range: ByteRange, sizeBytes: number): void {
  if (range.last < sizeBytes) return;
  throw refusedCopyRange(
    `Range specified is not valid for source object of size: ${String(sizeBytes)}`,
    `bytes=${String(range.first)}-${String(range.last)}`,
  );
}

function refusedCopyRange(message: string, value: string): S3Error {
  return new S3Error('InvalidArgument', {
    message,
    details: { ArgumentName: copySourceRangeHeader, ArgumentValue: value },
  });
}
