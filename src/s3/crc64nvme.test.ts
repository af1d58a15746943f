import { Crc64NvmeJs } from '@aws-sdk/checksums/crc';
import { describe, expect, it } from '@jest/globals';
import { Crc64Nvme } from './crc64nvme.ts';

function bytesOf(length: number): Uint8Array {
  let seed = length + 1;
  return Uint8Array.from({ length }, () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 16);
}

async function oracle(bytes: Uint8Array): Promise<string> {
  const crc = new Crc64NvmeJs();
  crc.update(bytes);
  return Buffer.from(await crc.digest()).toString('hex');
}

function ours(...pieces: Uint8Array[]): string {
  const crc = new Crc64Nvme();
  for (const piece of pieces) crc.update(piece);
  return crc.digest().toString('hex');
}

describe('CRC-64/NVME', () => {
  it('has the check value of its catalogue entry', () => {
    expect(ours(Buffer.from('123456789'))).toBe('ae8b14860a799888');
  });

  it('of nothing is zero', () => {
    expect(ours()).toBe('0000000000000000');
  });

  it.each([1, 7, 8, 15, 16, 17, 31, 33, 1000, 65535, 65536, 65537, 200_000])('%d bytes, as the SDK', async (length) => {
    const bytes = bytesOf(length);
    expect(ours(bytes)).toBe(await oracle(bytes));
  });

  it('is the same however the bytes are cut', async () => {
    const bytes = bytesOf(5000);
    const expected = await oracle(bytes);
    for (const cut of [0, 1, 15, 16, 17, 999, 4999, 5000]) {
      expect(ours(bytes.subarray(0, cut), bytes.subarray(cut))).toBe(expected);
    }
  });

  it('keeps two of them apart', async () => {
    const [a, b] = [bytesOf(100), bytesOf(200)];
    const first = new Crc64Nvme();
    first.update(a.subarray(0, 50));
    expect(ours(b)).toBe(await oracle(b));
    first.update(a.subarray(50));
    expect(first.digest().toString('hex')).toBe(await oracle(a));
  });
});
