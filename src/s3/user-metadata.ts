import { S3Error } from '../errors/s3-error.ts';
import { decodeWords, encodeWords } from './encoded-word.ts';
import type { UserMetadata } from './object-attributes.ts';
import type { RequestHead } from './request-head.ts';

const prefix = 'x-amz-meta-';
/** Names without their prefix and values, in bytes of UTF-8. */
const maxMetadataBytes = 2048;

/**
 * The x-amz-meta-* headers of a write; a name that comes more than once has its values joined by commas.
 * Throws MetadataTooLarge over 2 KB.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html#UserMetadata
 */
export function readUserMetadata(head: RequestHead): UserMetadata {
  const metadata = new Map<string, string>();
  for (const [header, value] of head.headerList) {
    if (!header.startsWith(prefix)) continue;
    const name = header.slice(prefix.length);
    const known = metadata.get(name);
    metadata.set(name, known === undefined ? decodeWords(value) : `${known},${decodeWords(value)}`);
  }
  let sizeBytes = 0;
  for (const [name, value] of metadata) sizeBytes += Buffer.byteLength(name) + Buffer.byteLength(value);
  if (sizeBytes > maxMetadataBytes) {
    throw new S3Error('MetadataTooLarge', {
      details: { Size: String(sizeBytes), MaxSizeAllowed: String(maxMetadataBytes) },
    });
  }
  return Object.fromEntries(metadata);
}

export function addUserMetadata(metadata: UserMetadata, headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(metadata)) headers[prefix + name] = encodeWords(value);
}
