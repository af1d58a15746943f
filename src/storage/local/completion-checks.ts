import { S3Error } from '../../errors/s3-error.ts';
import { minPartBytes } from '../../s3/multipart-limits.ts';
import type { CompleteOptions, NamedPart, UploadRef } from '../values.ts';
import type { ChecksumRecord, UploadRecord } from './records.ts';
import type { FoundPart } from './uploads.ts';

/**
 * The stored parts that CompleteMultipartUpload names, in its order. InvalidPart, InvalidPartOrder, InvalidRequest,
 * EntityTooSmall.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
 */
export function checkNamedParts(
  upload: UploadRef,
  record: UploadRecord,
  named: readonly NamedPart[],
  stored: ReadonlyMap<number, FoundPart>,
): readonly FoundPart[] {
  if (record[1]?.[1] === 'COMPOSITE') checkConsecutive(named);
  const used = named.map((part) => {
    const found = stored.get(part.partNumber);
    if (found === undefined || found.record[1] !== part.etag) throw invalidPart(upload, part);
    checkPartChecksum(upload, record, part, found);
    return found;
  });
  for (const { partNumber, record: part } of used.slice(0, -1)) {
    const [sizeBytes, md5] = part;
    if (sizeBytes >= minPartBytes) continue;
    throw new S3Error('EntityTooSmall', {
      message: 'Your proposed upload is smaller than the minimum allowed size',
      details: {
        ProposedSize: String(sizeBytes),
        MinSizeAllowed: String(minPartBytes),
        PartNumber: String(partNumber),
        ETag: md5,
      },
    });
  }
  return used;
}

/**
 * Parts with checksums of their own are numbered from 1 without a gap.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompletedPart.html
 */
function checkConsecutive(named: readonly NamedPart[]): void {
  if (named.some(({ partNumber }, index) => partNumber !== index + 1)) throw new S3Error('InvalidPartOrder');
}

function checkPartChecksum(upload: UploadRef, record: UploadRecord, part: NamedPart, found: FoundPart): void {
  const [, , , , algorithm, value] = found.record;
  if (part.checksum === undefined) {
    if (record[1]?.[1] !== 'COMPOSITE') return;
    throw invalidRequest(
      `The upload was created using a ${record[1][0].toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${part.partNumber} in the request.`,
    );
  }
  if (part.checksum.algorithm !== algorithm) throw otherAlgorithm(algorithm, part.checksum.algorithm);
  if (part.checksum.value !== value) throw invalidPart(upload, part);
}

/** What the client says of the whole object. InvalidRequest, BadDigest. */
export function checkWhole(
  upload: UploadRecord,
  options: CompleteOptions,
  whole: { readonly sizeBytes: number; readonly checksum: ChecksumRecord | null },
): void {
  if (options.sizeBytes !== undefined && options.sizeBytes !== whole.sizeBytes) {
    throw invalidRequest(
      `The provided 'x-amz-mp-object-size' header value ${options.sizeBytes} does not match what was computed: ${whole.sizeBytes}`,
    );
  }
  const type = upload[1]?.[1] ?? 'FULL_OBJECT';
  if (options.checksumType !== undefined && options.checksumType !== type) {
    throw invalidRequest(
      `The upload was created using the ${type} checksum mode. The complete request must use the same checksum mode.`,
    );
  }
  if (options.checksum !== undefined) checkWholeChecksum(options.checksum, whole.checksum);
}

function checkWholeChecksum(
  { algorithm, value }: NonNullable<CompleteOptions['checksum']>,
  computed: ChecksumRecord | null,
): void {
  if (computed?.[0] !== algorithm) throw otherAlgorithm(computed?.[0] ?? 'null', algorithm);
  if (withoutCount(computed[2]) === withoutCount(value)) return;
  throw new S3Error('BadDigest', {
    message: `The ${algorithm.toLowerCase()} you specified did not match the calculated checksum.`,
  });
}

function withoutCount(checksum: string): string {
  return checksum.replace(/-\d+$/, '');
}

function invalidPart(upload: UploadRef, part: NamedPart): S3Error {
  const details = { UploadId: upload.uploadId, PartNumber: String(part.partNumber), ETag: part.etag };
  return new S3Error('InvalidPart', { details });
}

function otherAlgorithm(expected: string, actual: string): S3Error {
  return invalidRequest(
    `Checksum Type mismatch occurred, expected checksum Type: ${expected.toLowerCase()}, actual checksum Type: ${actual.toLowerCase()}`,
  );
}

function invalidRequest(message: string): S3Error {
  return new S3Error('InvalidRequest', { message });
}
