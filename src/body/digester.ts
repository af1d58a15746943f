import { createHash } from 'node:crypto';
import type { ChecksumAlgorithm } from '../s3/checksum.ts';
import type { Digests } from '../storage/values.ts';
import { createChecksumHash } from './checksum-hash.ts';

export interface Digester {
  update(bytes: Uint8Array): void;
  /** Of all bytes so far; nothing can be added after. */
  digests(): Digests;
}

/** The MD5 that makes an ETag, and a checksum of type FULL_OBJECT. */
export function createDigester(algorithm: ChecksumAlgorithm): Digester {
  const md5 = createHash('md5');
  const checksum = createChecksumHash(algorithm);
  let sizeBytes = 0;
  return {
    update(bytes) {
      md5.update(bytes);
      checksum.update(bytes);
      sizeBytes += bytes.length;
    },
    digests: () => ({
      sizeBytes,
      md5: md5.digest('hex'),
      checksum: { algorithm, type: 'FULL_OBJECT', value: checksum.digest().toString('base64') },
    }),
  };
}
