import { createDigester } from '../../body/digester.ts';
import type { ChecksumAlgorithm } from '../../s3/checksum.ts';
import type { BodySource } from '../values.ts';

export interface BodyOptions {
  readonly algorithm?: ChecksumAlgorithm;
  /** False: a transfer of unknown length. */
  readonly sizeKnown?: boolean;
  readonly chunkBytes?: number;
  /** Thrown instead of a clean end. */
  readonly failure?: Error;
}

/** A body of given bytes. As with a real one, a chunk's memory is used again for the next one. */
export function bodyOf(content: string | Uint8Array, options: BodyOptions = {}): BodySource {
  const bytes = Buffer.from(content);
  const { algorithm = 'CRC64NVME', sizeKnown = true, chunkBytes = 64 * 1024, failure } = options;
  let digester = createDigester(algorithm);
  return {
    ...commonPart(bytes.length, (wanted) => (digester = createDigester(wanted))),
    ...(sizeKnown && { sizeBytes: bytes.length }),
    bytes() {
      if (failure !== undefined) return Promise.reject(failure);
      digester.update(bytes);
      return Promise.resolve(bytes);
    },
    async *chunks() {
      const memory = Buffer.alloc(chunkBytes);
      for (let offset = 0; offset < bytes.length; offset += chunkBytes) {
        const part = bytes.subarray(offset, offset + chunkBytes);
        memory.set(part);
        digester.update(part);
        yield await Promise.resolve(memory.subarray(0, part.length));
      }
      if (failure !== undefined) throw failure;
    },
    digests: () => digester.digests(),
  };
}

/** So many bytes, made as they are asked for, all through one chunk's memory. */
export function endlessBody(sizeBytes: number): BodySource {
  let digester = createDigester('CRC32');
  const chunk = Buffer.alloc(256 * 1024, 'endless ');
  return {
    sizeBytes,
    ...commonPart(sizeBytes, (wanted) => (digester = createDigester(wanted))),
    bytes: () => Promise.reject(new Error('too large to be had at once')),
    async *chunks() {
      for (let left = sizeBytes; left > 0; left -= chunk.length) {
        const part = chunk.subarray(0, left);
        digester.update(part);
        yield await Promise.resolve(part);
      }
    },
    digests: () => digester.digests(),
  };
}

function commonPart(
  sizeBytes: number,
  use: (algorithm: ChecksumAlgorithm) => void,
): Pick<BodySource, 'requiredSizeBytes' | 'useAlgorithm'> {
  return { requiredSizeBytes: () => sizeBytes, useAlgorithm: use };
}

/** Bytes that are nowhere the same, by which a wrong range or order shows. */
export function patterned(sizeBytes: number): Buffer {
  const bytes = Buffer.alloc(sizeBytes);
  for (let offset = 0; offset + 4 <= sizeBytes; offset += 4) bytes.writeUInt32LE((offset * 2654435761) >>> 0, offset);
  return bytes;
}
