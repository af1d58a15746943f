import type { Int64 } from './codec.ts';

/** hadoop.hdds.KeyValue */
export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

/** hadoop.hdds.ReplicationType and ReplicationFactor, as numbers of the wire. */
export const replicationType = { none: -1, ratis: 1, standAlone: 2, ec: 4 } as const;
export const replicationFactor = { zero: 0, one: 1, three: 3 } as const;

/** hadoop.hdds.ECReplicationConfig */
export interface EcReplicationConfig {
  readonly data: number;
  readonly parity: number;
  readonly codec: string;
  readonly ecChunkSize: number;
}

/** How the blocks of a key are replicated, as KeyArgs, KeyInfo and listings carry it. */
export interface Replication {
  readonly type: number;
  readonly factor: number;
  readonly ecReplicationConfig: EcReplicationConfig | null;
}

/** hadoop.hdds.UUID: two halves, the more significant first. */
export interface Uuid128 {
  readonly mostSigBits: Int64;
  readonly leastSigBits: Int64;
}

/** hadoop.hdds.DatanodeDetailsProto */
export interface DatanodeDetails {
  readonly uuid: string;
  readonly ipAddress: string;
  readonly hostName: string;
  /** By name: `STANDALONE` for reads, `RATIS` for writes. */
  readonly ports: readonly { readonly name: string; readonly value: number }[];
  readonly currentVersion: number;
}

/** hadoop.hdds.PipelineID */
export interface PipelineId {
  readonly id: string;
  readonly uuid128: Uuid128 | null;
}

/** hadoop.hdds.Pipeline */
export interface Pipeline {
  readonly members: readonly DatanodeDetails[];
  readonly state: number;
  readonly type: number;
  readonly factor: number;
  readonly id: PipelineId;
  /** A hint: it may be empty, or no longer true. */
  readonly leaderID: string;
  /** Indexes of `members`, nearest first; empty unless they were sorted. */
  readonly memberOrders: readonly number[];
  readonly memberReplicaIndexes: readonly number[];
}

/** hadoop.hdds.BlockID */
export interface BlockId {
  readonly containerBlockID: { readonly containerID: Int64; readonly localID: Int64 };
  /** 0 in a fresh allocation; else the Raft log index of its last PutBlock. */
  readonly blockCommitSequenceId: Int64;
}

/** hadoop.hdds.ExcludeListProto: what an allocation must not be given. */
export interface ExcludeList {
  readonly datanodes: readonly string[];
  readonly containerIds: readonly Int64[];
  readonly pipelineIds: readonly PipelineId[];
}
