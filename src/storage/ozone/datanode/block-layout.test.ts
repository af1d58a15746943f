import { describe, expect, it } from '@jest/globals';
import Long from 'long';
import { codecOf } from '../proto/codec.ts';
import type { ChecksumData, StoredChunk } from '../proto/datanode.ts';
import { BlockLayout } from './block-layout.ts';
import { ozoneChecksums, ozoneChecksumType } from './ozone-checksum.ts';

const codec = codecOf<ChecksumData>('hadoop.hdds.datanode.ChecksumData');
const bytes = Buffer.from(Array.from({ length: 300 }, (_, index) => (index * 7) % 251));

function chunk(
  name: string,
  offset: number,
  length: number,
  sliceBytes = 10,
  type = ozoneChecksumType.crc32 as number,
) {
  const checksums = ozoneChecksums(type, sliceBytes, bytes.subarray(offset, offset + length));
  const checksumData = codec.encode({ type, bytesPerChecksum: sliceBytes, checksums });
  return { chunkName: name, offset: Long.fromNumber(offset), len: Long.fromNumber(length), checksumData };
}

const layout = new BlockLayout([chunk('a', 0, 100), chunk('b', 100, 25), chunk('c', 125, 175, 50)]);

describe('BlockLayout', () => {
  it.each([
    // first, end, name, start of the run, its end
    [0, 1, 'a', 0, 10],
    [9, 11, 'a', 0, 20],
    [10, 20, 'a', 10, 20],
    [99, 300, 'a', 90, 100],
    [100, 101, 'b', 100, 110],
    [121, 124, 'b', 120, 125],
    [124, 300, 'b', 120, 125],
    [125, 126, 'c', 125, 175],
    [299, 300, 'c', 275, 300],
  ])('widens %i to %i to whole slices', (first, end, chunkName, start, runEnd) => {
    const run = layout.runAt(first, end);
    expect(run).toMatchObject({ chunkName, start, end: runEnd });
    expect(run.isIntact(bytes.subarray(run.start, run.end))).toBe(true);
    const wrong = Buffer.from(bytes.subarray(run.start, run.end));
    wrong[wrong.length - 1]! ^= 1;
    expect(run.isIntact(wrong)).toBe(false);
  });

  it('has no byte that the replica does not have', () => {
    expect(() => layout.runAt(300, 301)).toThrow('no byte 300');
    expect(() => new BlockLayout([]).runAt(0, 1)).toThrow('no byte 0');
  });

  it('takes chunks without checksums as they come', () => {
    const plain = new BlockLayout([chunk('a', 0, 100, 0, ozoneChecksumType.none)]);
    expect(plain.runAt(13, 17)).toMatchObject({ start: 13, end: 17 });
    expect(plain.sliceBytes).toBe(1);
  });

  it('says how large slices are', () => {
    expect(layout.sliceBytes).toBe(10);
    expect(new BlockLayout([]).sliceBytes).toBe(1);
  });

  it.each<[string, StoredChunk[]]>([
    ['a hole', [chunk('a', 0, 10), chunk('b', 20, 10)]],
    ['an overlap', [chunk('a', 0, 10), chunk('b', 5, 10)]],
    ['a late start', [chunk('a', 10, 10)]],
  ])('refuses chunks with %s', (_, chunks) => {
    expect(() => new BlockLayout(chunks)).toThrow('begins at');
  });

  it('refuses checksums of no bytes', () => {
    const { checksumData: _, ...place } = chunk('a', 0, 10);
    const checksumData = codec.encode({ type: ozoneChecksumType.crc32, bytesPerChecksum: 0, checksums: [] });
    expect(() => new BlockLayout([{ ...place, checksumData }]).runAt(0, 1)).toThrow('checksums of 0 bytes');
  });
});
