import { S3Error } from '../errors/s3-error.ts';
import type { Checksum, ChecksumAlgorithm } from '../s3/checksum.ts';
import { canCombine, combineCrcs } from '../s3/crc-combine.ts';
import { compositeChecksum } from '../s3/multipart-digest.ts';
import { maxObjectBytes, minPartBytes } from '../s3/multipart-limits.ts';
import type { CompleteOptions, NamedPart, UploadChecksum, UploadRef } from './values.ts';

/** What an adapter knows of a part that it has stored. */
export interface StoredPart {
  readonly sizeBytes: number;
  /** What the client was told, and names the part by. */
  readonly etag: string;
  /** Of the part's bytes. */
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined;
}

export interface Whole {
  readonly sizeBytes: number;
  readonly checksum: Checksum | undefined;
}

/** An upload as its completion sees it: who it is, and the checksum that it was begun with. */
export interface CompletedUpload {
  readonly ref: UploadRef;
  readonly declared: UploadChecksum | undefined;
}

/**
 * The stored parts that CompleteMultipartUpload names, in its order. InvalidPart, InvalidPartOrder, InvalidRequest,
 * EntityTooSmall.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
 */
export function checkNamedParts<P extends StoredPart>(
  upload: CompletedUpload,
  named: readonly NamedPart[],
  stored: ReadonlyMap<number, P>,
): readonly P[] {
  if (upload.declared?.type === 'COMPOSITE') checkConsecutive(named);
  const used = named.map((part) => {
    const found = stored.get(part.partNumber);
    if (found?.etag !== part.etag) throw invalidPart(upload.ref, part);
    checkPartChecksum(upload, part, found);
    return found;
  });
  for (const [index, { sizeBytes, etag }] of used.slice(0, -1).entries()) {
    if (sizeBytes >= minPartBytes) continue;
    throw new S3Error('EntityTooSmall', {
      message: 'Your proposed upload is smaller than the minimum allowed size',
      details: {
        ProposedSize: String(sizeBytes),
        MinSizeAllowed: String(minPartBytes),
        PartNumber: String(named[index]?.partNumber),
        ETag: etag,
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

function checkPartChecksum({ ref, declared }: CompletedUpload, part: NamedPart, { checksum }: StoredPart): void {
  if (part.checksum === undefined) {
    if (declared?.type !== 'COMPOSITE') return;
    throw invalidRequest(
      `The upload was created using a ${declared.algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${part.partNumber} in the request.`,
    );
  }
  if (part.checksum.algorithm !== checksum?.algorithm) {
    throw otherAlgorithm(checksum?.algorithm ?? 'null', part.checksum.algorithm);
  }
  if (part.checksum.value !== checksum.value) throw invalidPart(ref, part);
}

/** Size and checksum of the parts together, once the client's claims about them hold. EntityTooLarge, InvalidRequest, BadDigest. */
export function checkWhole(
  { declared }: CompletedUpload,
  options: CompleteOptions,
  used: readonly StoredPart[],
): Whole {
  const sizeBytes = used.reduce((sum, part) => sum + part.sizeBytes, 0);
  if (sizeBytes > maxObjectBytes) {
    const details = { ProposedSize: String(sizeBytes), MaxSizeAllowed: String(maxObjectBytes) };
    throw new S3Error('EntityTooLarge', { details });
  }
  if (options.sizeBytes !== undefined && options.sizeBytes !== sizeBytes) {
    throw invalidRequest(
      `The provided 'x-amz-mp-object-size' header value ${options.sizeBytes} does not match what was computed: ${sizeBytes}`,
    );
  }
  const type = declared?.type ?? 'FULL_OBJECT';
  if (options.checksumType !== undefined && options.checksumType !== type) {
    throw invalidRequest(
      `The upload was created using the ${type} checksum mode. The complete request must use the same checksum mode.`,
    );
  }
  const checksum = wholeChecksum(declared, used);
  if (options.checksum !== undefined) checkWholeChecksum(options.checksum, checksum);
  return { sizeBytes, checksum };
}

/** AWS gives an upload begun without an algorithm a full object CRC64NVME; so it is here where the parts' allow it. */
function wholeChecksum(declared: UploadChecksum | undefined, used: readonly StoredPart[]): Checksum | undefined {
  const algorithm = declared?.algorithm ?? used[0]?.checksum?.algorithm ?? 'CRC64NVME';
  const type = declared?.type ?? 'FULL_OBJECT';
  const parts = used.flatMap(({ checksum, sizeBytes }) =>
    checksum?.algorithm === algorithm ? [{ value: checksum.value, sizeBytes }] : [],
  );
  if (parts.length < used.length) return undefined;
  if (type === 'COMPOSITE') {
    const values = parts.map(({ value }) => value);
    return { algorithm, type, value: compositeChecksum(algorithm, values) };
  }
  return canCombine(algorithm) ? { algorithm, type, value: combineCrcs(algorithm, parts) } : undefined;
}

function checkWholeChecksum(
  { algorithm, value }: NonNullable<CompleteOptions['checksum']>,
  computed: Checksum | undefined,
): void {
  if (computed?.algorithm !== algorithm) throw otherAlgorithm(computed?.algorithm ?? 'null', algorithm);
  if (withoutCount(computed.value) === withoutCount(value)) return;
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
