import type { Int64 } from './codec.ts';
import type { KeyValue } from './hdds.ts';

/** hadoop.hdds.datanode.Type, as numbers of the wire. */
export const containerCommand = {
  putBlock: 6,
  getBlock: 7,
  readChunk: 10,
  writeChunk: 12,
  closeContainer: 17,
  getCommittedBlockLength: 18,
} as const;

/** hadoop.hdds.datanode.DatanodeBlockID */
export interface DatanodeBlockId {
  readonly containerID: Int64;
  readonly localID: Int64;
  readonly blockCommitSequenceId: Int64;
  /** Only where a replica holds a part of an erasure-coded block. */
  readonly replicaIndex: number;
}

/** hadoop.hdds.datanode.ChecksumData: a checksum for each `bytesPerChecksum` bytes from the chunk's start. */
export interface ChecksumData {
  readonly type: number;
  readonly bytesPerChecksum: number;
  readonly checksums: readonly Uint8Array[];
}

/** hadoop.hdds.datanode.ChunkInfo: a run of bytes within a block. */
export interface ChunkInfo {
  readonly chunkName: string;
  /** Within the block. */
  readonly offset: Int64;
  readonly len: Int64;
  readonly checksumData: ChecksumData | null;
}

/** A ChunkInfo that was read back. */
export interface StoredChunk {
  readonly chunkName: string;
  readonly offset: Int64;
  readonly len: Int64;
  /** An encoded ChecksumData. */
  readonly checksumData: Uint8Array;
}

/** hadoop.hdds.datanode.BlockData */
export interface BlockData {
  readonly blockID: DatanodeBlockId;
  readonly metadata: readonly KeyValue[];
  /** All chunks of the block so far, whenever it is put. */
  readonly chunks: readonly ChunkInfo[];
  readonly size: Int64;
}

export interface PutBlockRequest {
  readonly blockData: BlockData;
  /** Absent counts as true. */
  readonly eof: boolean;
}

interface BlockIdRequest {
  readonly blockID: DatanodeBlockId;
}

interface CommittedResponse {
  readonly committedBlockLength: {
    /** With the commit sequence id that the block has from now on. */
    readonly blockID: DatanodeBlockId;
    readonly blockLength: Int64;
  } | null;
}

/** hadoop.hdds.datanode.ContainerCommandRequestProto: an envelope with the body of one command. */
export interface ContainerCommandRequest {
  readonly cmdType: number;
  readonly containerID: Int64;
  readonly datanodeUuid: string;
  readonly pipelineID: string;
  readonly closeContainer: Readonly<Record<string, never>>;
  readonly putBlock: PutBlockRequest;
  readonly getBlock: BlockIdRequest;
  readonly readChunk: {
    readonly blockID: DatanodeBlockId;
    readonly chunkData: ChunkInfo;
    /** 0: the bytes in one piece. */
    readonly readChunkVersion: number;
  };
  readonly writeChunk: {
    readonly blockID: DatanodeBlockId;
    readonly chunkData: ChunkInfo;
    /** Absent on Raft, where the bytes come behind the message. */
    readonly data: Uint8Array;
    /** Puts the block in the same go. */
    readonly block: PutBlockRequest;
  };
  readonly getCommittedBlockLength: BlockIdRequest;
  readonly encodedToken: string;
  readonly version: number;
}

/** hadoop.hdds.datanode.ContainerCommandResponseProto. A command's own answer is null unless it is that command's. */
export interface ContainerCommandResponse {
  readonly cmdType: number;
  readonly result: number;
  readonly message: string;
  readonly putBlock: CommittedResponse | null;
  readonly getBlock: { readonly blockData: { readonly chunks: readonly StoredChunk[] } | null } | null;
  readonly writeChunk: CommittedResponse | null;
  readonly readChunk: { readonly data: Uint8Array } | null;
  readonly getCommittedBlockLength: { readonly blockLength: Int64 } | null;
}
