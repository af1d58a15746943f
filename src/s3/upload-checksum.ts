import { S3Error } from '../errors/s3-error.ts';
import {
  checksumAlgorithms,
  checksumBytes,
  checksumHeader,
  type ChecksumAlgorithm,
  type ChecksumType,
} from './checksum.ts';
import type { RequestHead } from './request-head.ts';

/** What an upload was begun with. */
export interface BegunChecksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly type: ChecksumType;
}

/**
 * The checksum algorithm that a request names in a header, if any; InvalidRequest for one that is none.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html
 */
export function readChecksumAlgorithm(head: RequestHead): ChecksumAlgorithm | undefined {
  const value = head.header('x-amz-checksum-algorithm');
  if (value === undefined) return undefined;
  const algorithm = checksumAlgorithms.find((name) => name === value.trim().toUpperCase());
  if (algorithm !== undefined) return algorithm;
  throw new S3Error('InvalidRequest', {
    message: `Checksum algorithm provided is unsupported. Please try again with any of the valid types: [${checksumAlgorithms.join(', ')}]`,
  });
}

/** The algorithm and type that an upload is begun with: CRC64NVME knows no composites, SHA no full objects. */
export function readUploadChecksum(head: RequestHead): BegunChecksum | undefined {
  const algorithm = readChecksumAlgorithm(head);
  const type = readChecksumType(head);
  if (algorithm === undefined) {
    if (type === undefined) return undefined;
    throw invalidRequest('The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.');
  }
  const refused = refusedType(algorithm);
  if (type !== undefined && type === refused) {
    throw invalidRequest(
      `The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    );
  }
  return { algorithm, type: type ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE') };
}

function refusedType(algorithm: ChecksumAlgorithm): ChecksumType | undefined {
  if (algorithm === 'CRC64NVME') return 'COMPOSITE';
  return algorithm.startsWith('SHA') ? 'FULL_OBJECT' : undefined;
}

export function readChecksumType(head: RequestHead): ChecksumType | undefined {
  const value = head.header('x-amz-checksum-type');
  if (value === undefined) return undefined;
  const type = value.trim().toUpperCase();
  if (type === 'COMPOSITE' || type === 'FULL_OBJECT') return type;
  throw invalidRequest('Value for x-amz-checksum-type header is invalid.');
}

/** The whole object's checksum that CompleteMultipartUpload may name. InvalidRequest for more than one, or none. */
export function readNamedChecksum(
  head: RequestHead,
): { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined {
  const named = checksumAlgorithms
    .map((algorithm) => ({ algorithm, value: head.header(checksumHeader(algorithm))?.trim() }))
    .filter((checksum): checksum is { algorithm: ChecksumAlgorithm; value: string } => checksum.value !== undefined);
  if (named.length > 1) {
    throw invalidRequest('Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.');
  }
  const [checksum] = named;
  if (checksum !== undefined && !isChecksum(checksum.algorithm, checksum.value)) {
    throw invalidRequest(`Value for ${checksumHeader(checksum.algorithm)} header is invalid.`);
  }
  return checksum;
}

/** Base64 of as many bytes as the algorithm makes, and `-N` after it where it is composite. */
function isChecksum(algorithm: ChecksumAlgorithm, value: string): boolean {
  const base64 = value.replace(/-\d{1,5}$/, '');
  const bytes = Buffer.from(base64, 'base64');
  return bytes.length === checksumBytes[algorithm] && bytes.toString('base64') === base64;
}

function invalidRequest(message: string): S3Error {
  return new S3Error('InvalidRequest', { message });
}
