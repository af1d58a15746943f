import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { crc32c } from '@node-rs/crc32';
import type { ChecksumAlgorithm } from '../s3/checksum.ts';
import { Crc64Nvme } from '../s3/crc64nvme.ts';

export interface ChecksumHash {
  update(bytes: Uint8Array): void;
  /** As S3 writes it before base64: CRCs are big-endian. */
  digest(): Buffer;
}

type Crc = (bytes: Uint8Array, before: number) => number;

class Crc32Hash implements ChecksumHash {
  private readonly crc: Crc;
  private value = 0;

  constructor(crc: Crc) {
    this.crc = crc;
  }

  update(bytes: Uint8Array): void {
    this.value = this.crc(bytes, this.value);
  }

  digest(): Buffer {
    const digest = Buffer.alloc(4);
    digest.writeUInt32BE(this.value);
    return digest;
  }
}

const create: Readonly<Record<ChecksumAlgorithm, () => ChecksumHash>> = {
  CRC32: () => new Crc32Hash(crc32),
  CRC32C: () => new Crc32Hash((bytes, before) => crc32c(bytes, before)),
  CRC64NVME: () => new Crc64Nvme(),
  SHA1: () => createHash('sha1'),
  SHA256: () => createHash('sha256'),
};

export function createChecksumHash(algorithm: ChecksumAlgorithm): ChecksumHash {
  return create[algorithm]();
}
