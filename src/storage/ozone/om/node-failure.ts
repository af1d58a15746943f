import { status, type ServiceError } from '@grpc/grpc-js';

/**
 * Why a node gave no answer, and what is certain of the call then.
 * unreachable: it never got the call. elsewhere: it refused the call, another one leads. notReady: it leads, but not
 * yet, and refused it. deposed: it ceased to lead, and what it had begun may still be done by the next leader.
 * lost: it may have taken the call. fault: it failed in the call, or cannot answer it; another one would too.
 */
export type NodeFailureKind = 'unreachable' | 'elsewhere' | 'notReady' | 'deposed' | 'lost' | 'fault';

export class NodeFailure extends Error {
  override readonly name = 'NodeFailure';
  readonly kind: NodeFailureKind;
  /** The id of the node that the refusing one takes for the leader. */
  readonly suggested: string | undefined;

  constructor(kind: NodeFailureKind, message: string, options: ErrorOptions & { suggested?: string } = {}) {
    super(message, options);
    this.kind = kind;
    this.suggested = options.suggested;
  }
}

const suggestion = /OMNotLeaderException: OM:\S+ is not the leader\. Suggested leader is OM:([^[]+)\[/;
const notLeading = /OMNotLeaderException|ReadIndexException|ReadException/;
/** Raft's leader answers so too what it has in its log already when it is voted out. */
const leaderUnknown = /Could not determine the leader node/;
/** Failures of Raft that leave open what became of a write. */
const ofRaft = /org\.apache\.ratis|TimeoutException|InterruptedException/;
/** What grpc-js says of a call that it never wrote to a connection. */
const neverSent =
  /^(?:No connection established|Name resolution failed|Stream refused by server|Channel closed before call started)/;
/** What grpc-js says of a stream that ended without a word of the server. */
const cutOff = /^(?:Received RST_STREAM|Write (?:error|failed)|No status information)/;

/** The one reading of grpc's failures and of the OM's exceptions, which come as text in INTERNAL. */
export function toNodeFailure(error: ServiceError): NodeFailure {
  const { code, details } = error;
  const failure = (kind: NodeFailureKind, suggested?: string) =>
    new NodeFailure(kind, details === '' ? `${status[code]} without a reason` : details, {
      cause: error,
      ...(suggested === undefined ? {} : { suggested }),
    });
  switch (code) {
    case status.UNAVAILABLE:
      return failure(neverSent.test(details) ? 'unreachable' : 'lost');
    case status.INTERNAL:
      if (details.includes('OMLeaderNotReadyException')) return failure('notReady');
      if (leaderUnknown.test(details)) return failure('deposed');
      if (notLeading.test(details)) return failure('elsewhere', suggestion.exec(details)?.[1]);
      return failure(cutOff.test(details) || ofRaft.test(details) ? 'lost' : 'fault');
    case status.DEADLINE_EXCEEDED:
    case status.CANCELLED:
      return failure('lost');
    default:
      return failure('fault');
  }
}
