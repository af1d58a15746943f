import { S3Error } from '../errors/s3-error.ts';
import { checksumAlgorithms, checksumBytes, checksumHeader, type ChecksumAlgorithm } from '../s3/checksum.ts';
import { joinedHeader, type RequestHead } from '../s3/request-head.ts';

/** A checksum of the body that the client sends: in a header, or in a trailer once the body is over. */
export interface AnnouncedChecksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64; absent while it is to come in a trailer. */
  readonly value?: string;
}

const prefix = 'x-amz-checksum-';
const algorithmHeader = 'x-amz-sdk-checksum-algorithm';
/** Headers of the same prefix that carry no checksum. */
const others = new Set(['x-amz-checksum-algorithm', 'x-amz-checksum-type', 'x-amz-checksum-mode']);
/** Known to SDKs, and not here: to pass them over would store what nobody checked. */
const lacking = new Set(['MD5', 'SHA512', 'XXHASH3', 'XXHASH64', 'XXHASH128']);

function invalid(message: string): S3Error {
  return new S3Error('InvalidRequest', { message });
}

/** NotImplemented for what only SDKs know, `unknown` for what nobody does. */
function algorithmOf(name: string, header: string, unknown: string): ChecksumAlgorithm {
  const capitals = name.toUpperCase();
  const algorithm = checksumAlgorithms.find((candidate) => candidate === capitals);
  if (algorithm !== undefined) return algorithm;
  if (!lacking.has(capitals)) throw invalid(unknown);
  throw new S3Error('NotImplemented', {
    message: `A header you provided implies functionality that is not implemented: ${header}`,
    details: { Header: header },
  });
}

function inHeaders(head: RequestHead): AnnouncedChecksum[] {
  const checksums: AnnouncedChecksum[] = [];
  for (const [name, value] of head.headerList) {
    if (!name.startsWith(prefix) || others.has(name)) continue;
    const unknown = 'The algorithm type you specified in x-amz-checksum- header is invalid.';
    checksums.push({ algorithm: algorithmOf(name.slice(prefix.length), name, unknown), value: value.trim() });
  }
  return checksums;
}

/** The names in x-amz-trailer, in lower case. */
export function announcedTrailers(head: RequestHead): readonly string[] {
  const names = joinedHeader(head, 'x-amz-trailer')?.split(',') ?? [];
  return names.map((name) => name.trim().toLowerCase()).filter((name) => name !== '');
}

function inTrailers(head: RequestHead): AnnouncedChecksum[] {
  const unknown = 'The value specified in the x-amz-trailer header is not supported';
  return announcedTrailers(head).map((name) => {
    if (!name.startsWith(prefix) || others.has(name)) throw invalid(unknown);
    return { algorithm: algorithmOf(name.slice(prefix.length), name, unknown) };
  });
}

/** InvalidRequest, with S3's sentence, unless it is base64 of as many bytes as the algorithm makes. */
export function checkChecksumForm(algorithm: ChecksumAlgorithm, value: string): void {
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length === checksumBytes[algorithm] && bytes.toString('base64') === value) return;
  throw invalid(`Value for ${checksumHeader(algorithm)} header is invalid.`);
}

function checkNamedAlgorithm(head: RequestHead, announced: AnnouncedChecksum | undefined): void {
  const named = head.header(algorithmHeader);
  if (named === undefined) return;
  const mismatch = `Value for ${algorithmHeader} header is invalid.`;
  const algorithm = algorithmOf(named.trim(), algorithmHeader, mismatch);
  if (announced === undefined) {
    throw invalid(
      `${algorithmHeader} specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.`,
    );
  }
  if (announced.algorithm !== algorithm) throw invalid(mismatch);
}

/**
 * The checksum of its body that a request announces, if any. InvalidRequest for one that is malformed, unknown or not
 * the only one; NotImplemented for the algorithms of SDKs that S3 here lacks.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
export function announcedChecksum(head: RequestHead): AnnouncedChecksum | undefined {
  const all = [...inHeaders(head), ...inTrailers(head)];
  if (all.length > 1) {
    checkNamedAlgorithm(head, all[0]);
    throw invalid('Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.');
  }
  const [announced] = all;
  checkNamedAlgorithm(head, announced);
  if (announced?.value !== undefined) checkChecksumForm(announced.algorithm, announced.value);
  return announced;
}
