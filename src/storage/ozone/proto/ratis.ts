import type { Int64 } from './codec.ts';

/** ratis.common.ReplicationLevel, as numbers of the wire. */
export const replicationLevel = { majority: 0, all: 1, majorityCommitted: 2, allCommitted: 3 } as const;

/** ratis.common.RaftPeerProto */
export interface RaftPeer {
  /** A datanode's uuid as text. */
  readonly id: Uint8Array;
}

/** ratis.common.RaftRpcRequestProto */
export interface RaftRpcRequest {
  /** 16 bytes of the client's own choice: call ids are its. */
  readonly requestorId: Uint8Array;
  /** Whom it is for, as RaftPeer names it. */
  readonly replyId: Uint8Array;
  /** 16 bytes: the pipeline's UUID. */
  readonly raftGroupId: { readonly id: Uint8Array };
  readonly callId: Int64;
  readonly toLeader: boolean;
  /** Whose replies have come: the server need no longer remember them. */
  readonly repliedCallIds: readonly Int64[];
  /** On the ordered stream only. */
  readonly slidingWindowEntry: { readonly seqNum: Int64; readonly isFirst: boolean };
}

/** ratis.common.RaftClientRequestProto: either a write or a watch. The message of a write is put behind it by hand. */
export interface RaftClientRequest {
  readonly rpcRequest: RaftRpcRequest;
  readonly write: { readonly replication: number };
  readonly watch: { readonly index: Int64; readonly replication: number };
}

/** How far a member of the group is known to have committed. */
export interface CommitInfo {
  readonly server: RaftPeer;
  readonly commitIndex: Int64;
}

/** An exception of the server, as class and text. */
export interface RaftFailure {
  readonly exceptionClassName: string;
  readonly errorMsg: string;
}

/** The same where Ratis names the fields otherwise. */
export interface RaftThrowable {
  readonly className: string;
  readonly errorMessage: string;
}

/** ratis.common.RaftClientReplyProto: a success, or one of the exceptions. */
export interface RaftClientReply {
  readonly rpcReply: { readonly callId: Int64; readonly success: boolean };
  readonly message: { readonly content: Uint8Array } | null;
  readonly notLeaderException: { readonly suggestedLeader: RaftPeer | null } | null;
  readonly notReplicatedException: { readonly logIndex: Int64 } | null;
  readonly stateMachineException: RaftFailure | null;
  readonly leaderNotReadyException: object | null;
  readonly alreadyClosedException: RaftFailure | null;
  readonly leaderSteppingDownException: RaftThrowable | null;
  readonly readException: RaftThrowable | null;
  readonly readIndexException: RaftThrowable | null;
  readonly logIndex: Int64;
  readonly commitInfos: readonly CommitInfo[];
}
