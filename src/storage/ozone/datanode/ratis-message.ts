import { codecOf } from '../proto/codec.ts';
import type { RaftClientReply, RaftClientRequest } from '../proto/ratis.ts';

const requests = codecOf<RaftClientRequest>('ratis.common.RaftClientRequestProto');
const replies = codecOf<RaftClientReply>('ratis.common.RaftClientReplyProto');

/** What a request is sent with, to whomever it is sent. */
export interface RaftEnvelope {
  /** 16 bytes. */
  readonly clientId: Uint8Array;
  /** 16 bytes. */
  readonly groupId: Uint8Array;
  /** Of the datanode that is spoken to. */
  readonly datanodeUuid: string;
  readonly callId: number;
  readonly repliedCallIds: readonly number[];
  /** On the ordered stream: its place there. */
  readonly place?: { readonly seqNum: number; readonly isFirst: boolean };
}

/** Bytes to be written, with room before them in the same memory. */
export interface RoomyBytes {
  readonly memory: Buffer;
  /** Where the bytes begin; what is before may be overwritten. */
  readonly start: number;
  readonly end: number;
}

/** A container command on its way through Raft: the encoded command, and a WriteChunk's bytes, which it lacks. */
export interface RaftContent {
  readonly command: Buffer;
  readonly data: RoomyBytes | undefined;
  /** Whether the reply may wait until all members have committed it: that spares a watch. */
  readonly mayAwaitAll: boolean;
}

export interface WriteOptions {
  /** A ReplicationLevel: who has to have it before the reply. */
  readonly replication: number;
  /**
   * Makes the message around the data, in the room before it where that suffices: only for a request that nobody has
   * sent yet, as the bytes of an earlier one may still be on their way.
   */
  readonly inPlace: boolean;
}

/** RaftClientRequestProto of a write: its message is the command behind its length (4 bytes, big-endian), then the data. */
export function encodeWrite(
  envelope: RaftEnvelope,
  { command, data }: RaftContent,
  { replication, inPlace }: WriteOptions,
): Buffer {
  const head = requests.encode({ rpcRequest: rpcRequest(envelope), write: { replication } });
  const dataBytes = data === undefined ? 0 : data.end - data.start;
  const content = lengthDelimited([0x0a], 4 + command.length + dataBytes);
  const message = lengthDelimited([0x12], content.length + 4 + command.length + dataBytes);
  const commandLength = Buffer.allocUnsafe(4);
  commandLength.writeUInt32BE(command.length);
  const parts = [head, message, content, commandLength, command];
  if (data === undefined) return Buffer.concat(parts);
  const { memory, start, end } = data;
  const before = parts.reduce((sum, part) => sum + part.length, 0);
  if (!inPlace || before > start) return Buffer.concat([...parts, memory.subarray(start, end)]);
  let position = start - before;
  for (const part of parts) position += part.copy(memory, position);
  return memory.subarray(start - before, end);
}

export function encodeWatch(envelope: RaftEnvelope, index: number, replication: number): Buffer {
  return requests.encode({ rpcRequest: rpcRequest(envelope), watch: { index, replication } });
}

function rpcRequest({ clientId, groupId, datanodeUuid, callId, repliedCallIds, place }: RaftEnvelope) {
  return {
    requestorId: clientId,
    replyId: Buffer.from(datanodeUuid),
    raftGroupId: { id: groupId },
    callId,
    toLeader: true,
    repliedCallIds,
    slidingWindowEntry: place,
  };
}

/** Tag and length of a protobuf field that bytes follow. */
export function lengthDelimited(tag: readonly number[], length: number): Buffer {
  const bytes = [...tag];
  let rest = length;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest);
  return Buffer.from(bytes);
}

/** How far a datanode has committed, as some reply told. */
export interface CommitIndex {
  readonly datanodeUuid: string;
  readonly index: number;
}

export type RaftVerdict =
  | { readonly kind: 'done'; readonly logIndex: number; readonly content: Uint8Array }
  /** Another datanode leads: the one named, if it is known. */
  | { readonly kind: 'notLeader'; readonly leader: string | undefined }
  /** It leads, or did, but not just now. */
  | { readonly kind: 'notReady' }
  /** The leader waited for all for long enough; a write is done, and a majority has it. */
  | { readonly kind: 'notReplicated'; readonly logIndex: number; readonly content: Uint8Array }
  /** The state machine, Ozone's own part, refused this request alone. */
  | { readonly kind: 'refused'; readonly exception: string; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };

export interface RaftReply {
  readonly callId: number;
  readonly verdict: RaftVerdict;
  readonly commits: readonly CommitIndex[];
}

/** Throws for bytes that are no reply. */
export function decodeReply(bytes: Uint8Array): RaftReply {
  const reply = replies.decode(bytes);
  return {
    callId: reply.rpcReply.callId.toNumber(),
    verdict: verdictOf(reply),
    commits: reply.commitInfos.map(({ server, commitIndex }) => ({
      datanodeUuid: text(server.id),
      index: commitIndex.toNumber(),
    })),
  };
}

function verdictOf(reply: RaftClientReply): RaftVerdict {
  const logIndex = reply.logIndex.toNumber();
  const content = reply.message?.content ?? Buffer.alloc(0);
  if (reply.rpcReply.success) return { kind: 'done', logIndex, content };
  const { notLeaderException: notLeader, stateMachineException: refusal } = reply;
  if (notLeader !== null) {
    return {
      kind: 'notLeader',
      leader: notLeader.suggestedLeader === null ? undefined : text(notLeader.suggestedLeader.id),
    };
  }
  if (refusal !== null) return { kind: 'refused', exception: refusal.exceptionClassName, message: refusal.errorMsg };
  if (reply.notReplicatedException !== null) return { kind: 'notReplicated', logIndex, content };
  const isPassing = [reply.leaderNotReadyException, reply.leaderSteppingDownException, reply.alreadyClosedException];
  if (isPassing.some((exception) => exception !== null)) return { kind: 'notReady' };
  const failure = reply.readException ?? reply.readIndexException;
  return { kind: 'failed', message: failure?.errorMessage ?? 'a Raft reply without success or reason' };
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
}
