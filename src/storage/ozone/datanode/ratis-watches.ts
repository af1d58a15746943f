import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DatanodeDetails } from '../proto/hdds.ts';
import { endStream, type RawStream } from './channels.ts';
import { streamLoss, type RatisGroup } from './ratis-group.ts';
import { decodeReply, encodeWatch, type RaftReply } from './ratis-message.ts';
import { PipelineFailure } from './write-failure.ts';

interface Watch {
  readonly index: number;
  readonly level: number;
  resolve(): void;
  reject(error: Error): void;
}

/** Questions to a pipeline's leader whether an index has been committed by as many as a level says. */
export class Watches {
  readonly #group: RatisGroup;
  readonly #clientId = randomBytes(16);
  /** By call id; replies come in any order. */
  readonly #watches = new Map<number, Watch>();
  #nextCallId = 1;
  #stream: { readonly raw: RawStream; readonly member: DatanodeDetails; readonly since: number } | undefined;
  #isRunning = false;
  #idleTimer: NodeJS.Timeout | undefined;
  #overloads = 0;

  constructor(group: RatisGroup) {
    this.#group = group;
  }

  /**
   * `answered` resolves when the leader has said yes, or that it takes too long; what it knows by then, the group has
   * learned. It may never: `forget` ends the waiting.
   */
  ask(index: number, level: number): { readonly answered: Promise<void>; readonly forget: () => void } {
    const callId = this.#nextCallId++;
    const answered = new Promise<void>((resolve, reject) => {
      this.#watches.set(callId, { index, level, resolve, reject });
    });
    if (this.#isRunning) this.#send(callId);
    else void this.#run();
    return { answered, forget: () => void this.#watches.delete(callId) };
  }

  /** Goes on with another member, as the one that was asked does not answer; unless that was only just begun. */
  renew(): void {
    if (this.#stream === undefined) return;
    const { raw, member, since } = this.#stream;
    if (Date.now() - since < this.#group.settings.followerPatienceMs) return;
    this.#group.leader.lost(member);
    raw.cancel();
  }

  fail(failure: PipelineFailure): void {
    for (const watch of this.#watches.values()) watch.reject(failure);
    this.#watches.clear();
    clearTimeout(this.#idleTimer);
    this.#stream?.raw.cancel();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#watches.size > 0) {
      const waitMs = await this.#converse(this.#group.leader.current);
      if (this.#watches.size > 0) await sleep(waitMs);
    }
    this.#isRunning = false;
  }

  /** Asks everything on a new stream. Returns how long to wait before the next one. */
  async #converse(member: DatanodeDetails): Promise<number> {
    const raw = this.#group.open(member, 'unordered');
    // Errors of a stream that is no longer read from.
    raw.on('error', () => undefined);
    this.#stream = { raw, member, since: Date.now() };
    for (const callId of this.#watches.keys()) this.#send(callId);
    try {
      for await (const bytes of raw) {
        const waitMs = this.#receive(decodeReply(bytes as Buffer), member);
        if (waitMs !== undefined) return waitMs;
      }
      return this.#group.leader.isNot(member, undefined);
    } catch (error) {
      return this.#lost(error, member);
    } finally {
      clearTimeout(this.#idleTimer);
      this.#stream = undefined;
      raw.cancel();
    }
  }

  #send(callId: number): void {
    const watch = this.#watches.get(callId);
    if (watch === undefined || this.#stream === undefined) return;
    const { raw, member } = this.#stream;
    const envelope = {
      clientId: this.#clientId,
      groupId: this.#group.groupId,
      datanodeUuid: member.uuid,
      callId,
      repliedCallIds: [],
    };
    raw.write(encodeWatch(envelope, watch.index, watch.level));
    this.#closeWhenIdle(raw);
  }

  #receive({ callId, verdict, commits }: RaftReply, member: DatanodeDetails): number | undefined {
    this.#group.learn(commits);
    const { leader, settings } = this.#group;
    if (verdict.kind === 'notLeader') return leader.isNot(member, verdict.leader);
    if (verdict.kind === 'notReady') return settings.retryMs;
    this.#overloads = 0;
    if (verdict.kind === 'done') leader.succeeded();
    const watch = this.#watches.get(callId);
    this.#watches.delete(callId);
    if (verdict.kind === 'refused' || verdict.kind === 'failed') watch?.reject(new PipelineFailure(verdict.message));
    else watch?.resolve();
    return undefined;
  }

  #lost(error: unknown, member: DatanodeDetails): number {
    // An idle stream ends as the connection does, and nobody minds.
    if (this.#watches.size === 0) return 0;
    const { leader, settings } = this.#group;
    switch (streamLoss(error)) {
      case 'gone':
        this.#group.fail(
          new PipelineFailure('the datanodes no longer know the pipeline', { cause: error, isGone: true }),
        );
        return 0;
      case 'overloaded':
        return settings.backOffMs * 2 ** Math.min(3, this.#overloads++);
      case 'lost':
        return leader.lost(member);
    }
  }

  #closeWhenIdle(raw: RawStream): void {
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => {
      this.#stream = undefined;
      this.#idleTimer = endStream(raw);
    }, this.#group.settings.idleMs).unref();
  }
}
