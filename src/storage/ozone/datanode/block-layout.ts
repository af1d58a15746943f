import { codecOf } from '../proto/codec.ts';
import type { ChecksumData, StoredChunk } from '../proto/datanode.ts';
import { isIntact, ozoneChecksumType } from './ozone-checksum.ts';

const checksumCodec = codecOf<ChecksumData>('hadoop.hdds.datanode.ChecksumData');

/** A run of bytes within one Ozone chunk that can be verified: whole checksum slices. Offsets are of the block. */
export interface Run {
  readonly chunkName: string;
  readonly start: number;
  readonly end: number;
  isIntact(bytes: Uint8Array): boolean;
}

interface PlacedChunk {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly checksums: Uint8Array;
}

interface Slices {
  readonly type: number;
  readonly sliceBytes: number;
  readonly checksums: readonly Uint8Array[];
}

/** Where a block's chunks lie and what their checksums are, as one replica has it. Chunks may be of any lengths. */
export class BlockLayout {
  readonly #chunks: readonly PlacedChunk[];
  #sliceBytes: number | undefined;
  #decoded: { readonly chunk: PlacedChunk; readonly slices: Slices } | undefined;

  /** Throws where the chunks don't lie one behind the other. */
  constructor(chunks: readonly StoredChunk[]) {
    let end = 0;
    this.#chunks = chunks.map(({ chunkName, offset, len, checksumData }) => {
      const start = offset.toNumber();
      if (start !== end) throw new Error(`chunk ${chunkName} begins at ${start}, the one before it ends at ${end}`);
      end = start + len.toNumber();
      return { name: chunkName, start, end, checksums: checksumData };
    });
  }

  /** How many bytes share a checksum, by the block's first chunk; 1 without checksums. */
  get sliceBytes(): number {
    const [chunk] = this.#chunks;
    return (this.#sliceBytes ??= chunk === undefined ? 1 : this.#slicesOf(chunk).sliceBytes);
  }

  /** The slices that hold the bytes from `first` up to `end` (exclusive), as far as they are of one chunk. */
  runAt(first: number, end: number): Run {
    const chunk = this.#chunks.find((candidate) => first >= candidate.start && first < candidate.end);
    if (chunk === undefined) throw new Error(`the replica has no byte ${first} of the block`);
    const { type, sliceBytes, checksums } = this.#slicesOf(chunk);
    const from = Math.floor((first - chunk.start) / sliceBytes);
    const to = Math.ceil((end - chunk.start) / sliceBytes);
    return {
      chunkName: chunk.name,
      start: chunk.start + from * sliceBytes,
      end: Math.min(chunk.start + to * sliceBytes, chunk.end),
      isIntact: (bytes) => isIntact(type, sliceBytes, bytes, checksums.slice(from, to)),
    };
  }

  #slicesOf(chunk: PlacedChunk): Slices {
    if (this.#decoded?.chunk === chunk) return this.#decoded.slices;
    const { type, bytesPerChecksum, checksums } = checksumCodec.decode(chunk.checksums);
    const sliceBytes = type === ozoneChecksumType.none ? 1 : bytesPerChecksum;
    if (sliceBytes <= 0) throw new Error(`chunk ${chunk.name} has checksums of ${sliceBytes} bytes each`);
    const slices = { type, sliceBytes, checksums };
    this.#decoded = { chunk, slices };
    return slices;
  }
}
