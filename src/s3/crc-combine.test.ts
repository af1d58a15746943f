import { crc32 } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { crc32c } from '@node-rs/crc32';
import { canCombine, combineCrcs } from './crc-combine.ts';

function base64(value: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes.toString('base64');
}

/** Bit by bit, from the definition: reflected, all ones in and out. */
function crc64(bytes: Buffer): string {
  let crc = 0xffffffffffffffffn;
  for (const byte of bytes) {
    crc ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1n) === 0n ? crc >> 1n : (crc >> 1n) ^ 0x9a6c9329ac4bc9b5n;
  }
  return Buffer.from((crc ^ 0xffffffffffffffffn).toString(16).padStart(16, '0'), 'hex').toString('base64');
}

const digests = {
  CRC32: (bytes: Buffer) => base64(crc32(bytes)),
  CRC32C: (bytes: Buffer) => base64(crc32c(bytes)),
  CRC64NVME: crc64,
};

const splits = [[0], [1], [5, 0, 3], [1, 1, 1, 1], [4096, 4096, 100], [65_537, 1, 8191]];

describe('combineCrcs', () => {
  it('knows its oracle by the published check value of CRC-64/NVME', () => {
    expect(Buffer.from(crc64(Buffer.from('123456789')), 'base64').toString('hex')).toBe('ae8b14860a799888');
  });

  it.each(
    (['CRC32', 'CRC32C', 'CRC64NVME'] as const).flatMap((algorithm) => splits.map((sizes) => ({ algorithm, sizes }))),
  )('$algorithm of parts of $sizes bytes', ({ algorithm, sizes }) => {
    const digest = digests[algorithm];
    const parts = sizes.map((size, index) => Buffer.alloc(size, `part ${index} `));
    const crcs = parts.map((part) => ({ value: digest(part), sizeBytes: part.length }));
    expect(combineCrcs(algorithm, crcs)).toBe(digest(Buffer.concat(parts)));
  });

  it('cannot combine hashes', () => {
    expect([canCombine('SHA1'), canCombine('SHA256'), canCombine('CRC32')]).toEqual([false, false, true]);
    expect(() => combineCrcs('SHA256', [])).toThrow(RangeError);
  });
});
