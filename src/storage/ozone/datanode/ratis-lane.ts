import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import type { DatanodeDetails } from '../proto/hdds.ts';
import { replicationLevel } from '../proto/ratis.ts';
import { endStream, type RawStream } from './channels.ts';
import { streamLoss, type RatisGroup } from './ratis-group.ts';
import { decodeReply, encodeWrite, type RaftContent, type RaftReply } from './ratis-message.ts';
import { ContainerFailure, PipelineFailure } from './write-failure.ts';

/** So many requests may be on a stream without a reply. */
const windowRequests = 32;
/** For so long after a follower kept a reply for too long, replies don't wait for followers. */
const hurryMs = 60_000;
/** So many bytes may wait for the network at once. */
const windowBytes = 16 * 1024 ** 2;

/** A write that a majority has committed. */
export interface RaftWritten {
  readonly logIndex: number;
  /** Bytes of a ContainerCommandResponse. */
  readonly content: Uint8Array;
}

interface Request {
  readonly seqNum: number;
  readonly callId: number;
  readonly content: RaftContent;
  readonly deadline: number;
  /** Whether any server may have got it. */
  isSent: boolean;
  /** Whether its reply waits for all members. */
  awaitsAll: boolean;
  resolve(written: RaftWritten): void;
  reject(error: Error): void;
}

type Settled = Extract<RaftReply['verdict'], { readonly kind: 'done' | 'refused' | 'notReplicated' }>;

/** Why a stream is left for another one, and how long to wait before. */
interface Turn {
  readonly waitMs: number;
}

/**
 * Writes to a pipeline in their order, over one stream to its leader at a time. The server carries out what comes on an
 * ordered stream strictly by its number, and replies in that order. Whatever has no reply when a stream ends is sent
 * anew on the next one under the same call id, by which the servers know what they have done already.
 */
export class OrderedLane {
  readonly #group: RatisGroup;
  readonly #clientId = randomBytes(16);
  /** By number; the first `#sent` of them are on the stream. */
  readonly #requests: Request[] = [];
  readonly #repliedCallIds: number[] = [];
  #sent = 0;
  #nextNumber = 1;
  #stream: { readonly raw: RawStream; readonly member: DatanodeDetails; isProven: boolean } | undefined;
  #unwrittenBytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #isRunning = false;
  #leaderlessSince: number | undefined;
  #overloads = 0;
  /** Until then, replies are not to wait for all members: a follower has kept them for too long. */
  #hurriedUntil = 0;
  #failure: PipelineFailure | undefined;

  constructor(group: RatisGroup) {
    this.#group = group;
  }

  /** Requests without a reply. */
  get depth(): number {
    return this.#requests.length;
  }

  /**
   * Resolves once a majority has the write, in the order of the calls. Rejects with ContainerFailure when Ozone refused
   * it, with PipelineFailure when nobody can tell what became of it.
   */
  write(content: RaftContent): Promise<RaftWritten> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      const number = this.#nextNumber++;
      const deadline = Date.now() + this.#group.settings.budgetMs;
      const state = { isSent: false, awaitsAll: false };
      this.#requests.push({ seqNum: number, callId: number, content, deadline, ...state, resolve, reject });
      if (this.#isRunning) this.#pump();
      else void this.#run();
    });
  }

  fail(failure: PipelineFailure): void {
    if (this.#failure !== undefined) return;
    this.#failure = failure;
    clearTimeout(this.#timer);
    for (const request of this.#requests.splice(0)) request.reject(failure);
    this.#stream?.raw.cancel();
  }

  /** One stream after the other for as long as anything waits. */
  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#requests.length > 0 && this.#failure === undefined) {
      const { waitMs } = await this.#converse(this.#group.leader.current);
      if (this.#requests.length > 0) this.#checkTime();
      if (waitMs > 0 && this.#requests.length > 0) await sleep(waitMs);
    }
    this.#isRunning = false;
  }

  async #converse(member: DatanodeDetails): Promise<Turn> {
    const raw = this.#group.open(member, 'ordered');
    // Errors of a stream that is no longer read from.
    raw.on('error', () => undefined);
    this.#stream = { raw, member, isProven: false };
    this.#sent = 0;
    this.#unwrittenBytes = 0;
    this.#pump();
    this.#watchOver();
    try {
      for await (const bytes of raw) {
        const turn = this.#receive(decodeReply(bytes as Buffer), member);
        if (turn !== undefined) return turn;
        this.#pump();
        this.#watchOver();
      }
      return this.#ended(member);
    } catch (error) {
      return this.#lost(error, member);
    } finally {
      clearTimeout(this.#timer);
      raw.cancel();
      this.#stream = undefined;
    }
  }

  /** Sends what may be sent now. */
  #pump(): void {
    const stream = this.#stream;
    if (stream === undefined) return;
    // A follower that is elected between two requests would refuse the first and do the second: a hole in a block makes
    // its container unhealthy. So a stream has to answer once before it is trusted with more.
    const limit = stream.isProven ? windowRequests : 1;
    while (this.#sent < Math.min(limit, this.#requests.length) && this.#unwrittenBytes < windowBytes) {
      const request = this.#requests[this.#sent] as Request;
      const message = this.#encode(request, stream.member, this.#sent === 0 && !stream.isProven);
      this.#sent += 1;
      this.#unwrittenBytes += message.length;
      if (this.#sent === 1) this.#watchOver();
      stream.raw.write(message, () => {
        if (this.#stream !== stream) return;
        this.#unwrittenBytes -= message.length;
        this.#pump();
      });
    }
  }

  #encode(request: Request, member: DatanodeDetails, isFirst: boolean): Buffer {
    const inPlace = !request.isSent;
    request.isSent = true;
    request.awaitsAll = request.content.mayAwaitAll && this.#group.awaitsAll() && Date.now() >= this.#hurriedUntil;
    const { majority, allCommitted } = replicationLevel;
    return encodeWrite(
      {
        clientId: this.#clientId,
        groupId: this.#group.groupId,
        datanodeUuid: member.uuid,
        callId: request.callId,
        repliedCallIds: this.#repliedCallIds.splice(0),
        place: { seqNum: request.seqNum, isFirst },
      },
      request.content,
      { replication: request.awaitsAll ? allCommitted : majority, inPlace },
    );
  }

  #receive({ callId, verdict, commits }: RaftReply, member: DatanodeDetails): Turn | undefined {
    const request = this.#requests[0];
    if (request === undefined || this.#sent === 0 || request.callId !== callId) {
      this.#group.fail(new PipelineFailure(`datanode ${member.uuid} replied to call ${callId} out of turn`));
      return { waitMs: 0 };
    }
    this.#group.learn(commits);
    switch (verdict.kind) {
      case 'notReplicated':
        this.#group.leaveBehind(verdict.logIndex);
        this.#settle(request, verdict);
        return undefined;
      case 'done':
      case 'refused':
        this.#settle(request, verdict);
        return undefined;
      case 'notLeader':
        this.#leaderlessSince ??= Date.now();
        return { waitMs: this.#group.leader.isNot(member, verdict.leader) };
      case 'notReady':
        this.#leaderlessSince ??= Date.now();
        return { waitMs: this.#group.settings.retryMs };
      default:
        this.#group.fail(new PipelineFailure(`datanode ${member.uuid}: ${verdictText(verdict)}`));
        return { waitMs: 0 };
    }
  }

  #settle(request: Request, verdict: Settled): void {
    this.#requests.shift();
    this.#sent -= 1;
    this.#repliedCallIds.push(request.callId);
    this.#leaderlessSince = undefined;
    this.#overloads = 0;
    this.#group.leader.succeeded();
    if (this.#stream !== undefined) this.#stream.isProven = true;
    if (verdict.kind === 'refused') request.reject(new ContainerFailure(`${verdict.exception}: ${verdict.message}`));
    else request.resolve(verdict);
  }

  /** The server ends its streams when it stops leading; an idle one was ended by us. */
  #ended(member: DatanodeDetails): Turn {
    if (this.#stream === undefined || this.#requests.length === 0) return { waitMs: 0 };
    this.#leaderlessSince ??= Date.now();
    return { waitMs: this.#group.leader.isNot(member, undefined) };
  }

  #lost(error: unknown, member: DatanodeDetails): Turn {
    if (this.#requests.length === 0 || isHurry(error)) return { waitMs: 0 };
    const loss = streamLoss(error);
    if (loss === 'gone') {
      this.#group.fail(
        new PipelineFailure('the datanodes no longer know the pipeline', { cause: error, isGone: true }),
      );
      return { waitMs: 0 };
    }
    if (loss === 'overloaded') return { waitMs: this.#group.settings.backOffMs * 2 ** Math.min(3, this.#overloads++) };
    this.#leaderlessSince ??= Date.now();
    return { waitMs: this.#group.leader.lost(member) };
  }

  #checkTime(): void {
    const { leaderlessMs } = this.#group.settings;
    const now = Date.now();
    const isLate = (this.#requests[0]?.deadline ?? Infinity) <= now;
    if (!isLate && now - (this.#leaderlessSince ?? now) < leaderlessMs) return;
    this.#group.fail(new PipelineFailure(isLate ? 'no reply to a write within its time' : 'nobody leads the pipeline'));
  }

  /** Gives the stream up when it owes a reply for too long, and closes it when it has been idle for long. */
  #watchOver(): void {
    clearTimeout(this.#timer);
    const raw = this.#stream?.raw;
    if (raw === undefined) return;
    const { idleMs, stallMs, followerPatienceMs } = this.#group.settings;
    const head = this.#requests[0];
    if (head === undefined) {
      const end = (): void => {
        this.#stream = undefined;
        this.#timer = endStream(raw);
      };
      this.#timer = setTimeout(end, idleMs).unref();
      return;
    }
    const giveUp = (): void => {
      const isHurried = head.awaitsAll && head === this.#requests[0];
      if (isHurried) this.#hurriedUntil = Date.now() + hurryMs;
      raw.call?.cancelWithStatus(status.DEADLINE_EXCEEDED, isHurried ? hurry : `no reply for ${stallMs} ms`);
    };
    const patienceMs = head.awaitsAll ? Math.min(stallMs, followerPatienceMs) : stallMs;
    this.#timer = setTimeout(giveUp, Math.min(patienceMs, Math.max(1, head.deadline - Date.now())));
  }
}

/** Details of the status of a stream that was given up though its leader is not to blame. */
const hurry = 'the followers keep the leader waiting';

function isHurry(error: unknown): boolean {
  return (error as { readonly details?: unknown }).details === hurry;
}

function verdictText(verdict: RaftReply['verdict']): string {
  return 'message' in verdict ? verdict.message : verdict.kind;
}
