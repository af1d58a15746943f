import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { crc32c } from '@node-rs/crc32';

/** hadoop.hdds.datanode.ChecksumType, as numbers of the wire. */
export const ozoneChecksumType = { none: 1, crc32: 2, crc32c: 3, sha256: 4, md5: 5 } as const;

const digests: Readonly<Record<number, (bytes: Uint8Array) => Uint8Array>> = {
  [ozoneChecksumType.crc32]: (bytes) => bigEndian(crc32(bytes)),
  [ozoneChecksumType.crc32c]: (bytes) => bigEndian(crc32c(bytes)),
  [ozoneChecksumType.sha256]: (bytes) => createHash('sha256').update(bytes).digest(),
  [ozoneChecksumType.md5]: (bytes) => createHash('md5').update(bytes).digest(),
};

/**
 * The checksums of an Ozone chunk, as ChecksumData carries them: one for each `bytesPerChecksum` from the chunk's start,
 * the last slice as short as it is. CRCs are four bytes, big-endian. None for type NONE; throws for an unknown type.
 */
export function ozoneChecksums(type: number, bytesPerChecksum: number, chunk: Uint8Array): Uint8Array[] {
  if (type === ozoneChecksumType.none) return [];
  const digest = digestOf(type);
  const checksums: Uint8Array[] = [];
  for (let start = 0; start < chunk.length; start += bytesPerChecksum)
    checksums.push(digest(chunk.subarray(start, start + bytesPerChecksum)));
  return checksums;
}

/** Whether bytes that begin on a slice's boundary are what the checksums, those of these slices, were made of. */
export function isIntact(
  type: number,
  bytesPerChecksum: number,
  bytes: Uint8Array,
  checksums: readonly Uint8Array[],
): boolean {
  if (type === ozoneChecksumType.none) return true;
  const computed = ozoneChecksums(type, bytesPerChecksum, bytes);
  return (
    computed.length === checksums.length &&
    computed.every((checksum, index) => Buffer.compare(checksum, checksums[index] as Uint8Array) === 0)
  );
}

function digestOf(type: number): (bytes: Uint8Array) => Uint8Array {
  const digest = digests[type];
  if (digest === undefined) throw new Error(`unknown checksum type ${type} of Ozone`);
  return digest;
}

function bigEndian(value: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
