import { setTimeout as sleep } from 'node:timers/promises';
import type { StoreCall, StoreLog } from '../../values.ts';
import { omCommands, type OmAnswerOf, type OmCommand, type OmRequestOf } from './commands.ts';
import { seal, unseal, type Envelope } from './envelope.ts';
import { Leadership, type Patience } from './leadership.ts';
import { NodeFailure } from './node-failure.ts';
import { OmError, OmOutcomeUnknown, OmUnavailable, isOmError } from './om-error.ts';
import { OmNode, type OmNodeAddress } from './om-node.ts';
import { Prober } from './prober.ts';
import { S3Contexts, type S3Context } from './s3-contexts.ts';

import { defaultTimings, type OmTimings } from './timings.ts';

export type { S3Context } from './s3-contexts.ts';

export interface OmClientOptions {
  /** All OMs of the cluster, but decommissioned and listening ones. */
  readonly nodes: readonly OmNodeAddress[];
  readonly log: StoreLog;
  /** For one call, with all that is tried for it. */
  readonly callTimeoutMs: number;
  readonly timings?: OmTimings;
}

/** The Ozone Manager, whichever of its nodes leads. */
export class OmClient {
  readonly #timings: OmTimings;
  readonly #nodes: readonly OmNode[];
  readonly #prober: Prober;
  readonly #leadership: Leadership;
  readonly #callTimeoutMs: number;
  readonly #contexts: S3Contexts;

  constructor({ nodes, log, callTimeoutMs, timings = defaultTimings }: OmClientOptions) {
    this.#timings = timings;
    this.#nodes = nodes.map((address) => new OmNode(address, timings));
    this.#prober = new Prober(timings);
    this.#leadership = new Leadership(this.#nodes, (node) => this.#prober.probe(node), {
      log,
      searchEveryMs: timings.searchEveryMs,
    });
    this.#callTimeoutMs = callTimeoutMs;
    this.#contexts = new S3Contexts((call) => this.call(call, 'GetS3VolumeContext', {}));
  }

  /**
   * Resolves to the command's own answer. Rejects with OmError when the OM refused, OmOutcomeUnknown when a write's
   * answer was lost, OmUnavailable when no OM took it, S3Error for what must not be sent, and with the signal's reason.
   */
  async call<C extends OmCommand>(call: StoreCall, command: C, request: OmRequestOf<C>): Promise<OmAnswerOf<C>> {
    const envelope = seal(call, command, request);
    const patience = { deadline: Date.now() + this.#callTimeoutMs, signal: call.signal };
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#deliver(command, envelope, patience);
      } catch (error) {
        call.signal.throwIfAborted();
        // Nothing was changed, and a cluster that has just started leaves the safe mode by itself.
        const delayMs = this.#timings.safeModeMs[attempt];
        if (delayMs === undefined || !isOmError(error, 'SCM_IN_SAFE_MODE')) throw error;
        await sleep(delayMs, undefined, { signal: call.signal });
      }
    }
  }

  /** The caller's volume and principal, as the OM had them within the last seconds. Rejects as `call` does. */
  async s3Context(call: StoreCall): Promise<S3Context> {
    return await this.#contexts.of(call);
  }

  /** Empty when an OM takes calls; else why not, one sentence each. */
  async notReadyReasons(): Promise<readonly string[]> {
    try {
      const patience = { deadline: Date.now() + this.#timings.briefWaitMs, signal: undefined };
      const node = await this.#leadership.find(patience);
      // It may have ceased to lead without a call that would have told.
      await this.#prober.probe(node).catch(async (error: unknown) => {
        this.#leadership.doubt(node, error instanceof NodeFailure ? error.suggested : undefined);
        await this.#leadership.find(patience);
      });
      return [];
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
  }

  close(): void {
    this.#leadership.close();
    for (const node of this.#nodes) node.close();
  }

  /** A cluster that has been away for long is not waited for by each call anew. */
  async #leader({ deadline, signal }: Patience): Promise<OmNode> {
    const { awaySince } = this.#leadership;
    if (awaySince === undefined) return await this.#leadership.find({ deadline, signal });
    const until = Math.max(Date.now() + this.#timings.briefWaitMs, awaySince + this.#callTimeoutMs);
    return await this.#leadership.find({ deadline: Math.min(deadline, until), signal });
  }

  async #deliver<C extends OmCommand>(command: C, envelope: Envelope, patience: Patience): Promise<OmAnswerOf<C>> {
    for (;;) {
      const node = await this.#leader(patience);
      try {
        return await this.#ask(node, command, envelope, patience);
      } catch (error) {
        if (!(error instanceof NodeFailure)) throw error;
        if (error.kind === 'fault') throw new OmError(command, 'INTERNAL_ERROR', error.message, { cause: error });
        const { isWrite, mayRepeat } = omCommands[command];
        if (error.kind === 'notReady') await sleep(this.#timings.notReadyMs, undefined, abortable(patience));
        else this.#leadership.doubt(node, error.suggested);
        const isUncertain = error.kind === 'lost' || error.kind === 'deposed';
        if (isWrite && isUncertain && !mayRepeat) throw new OmOutcomeUnknown(command, { cause: error });
        if (Date.now() >= patience.deadline) throw new OmUnavailable(error.message, { cause: error });
      }
    }
  }

  async #ask<C extends OmCommand>(
    node: OmNode,
    command: C,
    { request, metadata }: Envelope,
    patience: Patience,
  ): Promise<OmAnswerOf<C>> {
    const { isWrite } = omCommands[command];
    const isGone = this.#prober.watch(node, isWrite);
    const { answer, error, isFromRaft } = unseal(
      command,
      await node.submit(request, metadata, { ...patience, isGone }),
    );
    if (error === undefined) return answer;
    // A node that was voted out refuses writes from what it knew until then.
    if (isWrite && !isFromRaft && this.#nodes.length > 1) await this.#prober.probe(node);
    throw error;
  }
}

function abortable({ signal }: Patience): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
