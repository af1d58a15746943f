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

/** Where a block's chunks lie and what their checksums are, as one replica has it. Chunks may be of any lengths. */
export class BlockLayout {
  readonly #chunks: readonly PlacedChunk[];
  #decoded: { readonly chunk: PlacedChunk; readonly checksums: ChecksumData } | undefined;

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

  /**
   * The slices that hold the bytes from `first` up to `end` (exclusive), or the first of them: as many as begin within
   * `maxBytes`, and none of another chunk.
   */
  runAt(first: number, end: number, maxBytes: number): Run {
    const chunk = this.#chunks.find((candidate) => first >= candidate.start && first < candidate.end);
    if (chunk === undefined) throw new Error(`the replica has no byte ${first} of the block`);
    const { type, bytesPerChecksum, checksums } = this.#checksumsOf(chunk);
    const sliceBytes = type === ozoneChecksumType.none ? 1 : bytesPerChecksum;
    if (sliceBytes <= 0) throw new Error(`chunk ${chunk.name} has checksums of ${sliceBytes} bytes each`);
    const from = Math.floor((first - chunk.start) / sliceBytes);
    const to = Math.ceil((Math.min(end, first + maxBytes) - chunk.start) / sliceBytes);
    return {
      chunkName: chunk.name,
      start: chunk.start + from * sliceBytes,
      end: Math.min(chunk.start + to * sliceBytes, chunk.end),
      isIntact: (bytes) => isIntact(type, sliceBytes, bytes, checksums.slice(from, to)),
    };
  }

  #checksumsOf(chunk: PlacedChunk): ChecksumData {
    if (this.#decoded?.chunk !== chunk) this.#decoded = { chunk, checksums: checksumCodec.decode(chunk.checksums) };
    return this.#decoded.checksums;
  }
}
