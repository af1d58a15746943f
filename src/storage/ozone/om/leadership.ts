import { setTimeout as sleep } from 'node:timers/promises';
import type { StoreLog } from '../../values.ts';
import { NodeFailure } from './node-failure.ts';
import { OmUnavailable } from './om-error.ts';
import type { OmNode } from './om-node.ts';

/** Asks a node for what only a leader answers; rejects with NodeFailure. */
export type Probe = (node: OmNode) => Promise<void>;

export interface LeadershipOptions {
  readonly log: StoreLog;
  readonly searchEveryMs: number;
}

const unheard = 'no Ozone Manager has answered yet';

export interface Patience {
  /** In milliseconds since the epoch. */
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Which of the OMs leads. A follower would refuse reads, but answer writes from what it knew some time ago: so a node is
 * asked whether it leads before anything else is asked of it, and again after each new connection.
 */
export class Leadership {
  readonly #nodes: readonly OmNode[];
  readonly #probe: Probe;
  readonly #log: StoreLog;
  readonly #searchEveryMs: number;
  #leader: OmNode | undefined;
  #round: Promise<OmNode | undefined> | undefined;
  #suggested: string | undefined;
  #reasons = unheard;
  #isClosed = false;
  /** Nobody waits long for one that never was there. */
  #awaySince: number | undefined = 0;

  constructor(nodes: readonly OmNode[], probe: Probe, { log, searchEveryMs }: LeadershipOptions) {
    this.#searchEveryMs = searchEveryMs;
    this.#nodes = nodes;
    this.#probe = probe;
    this.#log = log;
  }

  /** Since when there is no leader, in milliseconds since the epoch; undefined while there is one. */
  get awaySince(): number | undefined {
    return this.#awaySince;
  }

  /** Resolves to the node that leads, waiting for one until the deadline: OmUnavailable then. */
  async find({ deadline, signal }: Patience): Promise<OmNode> {
    for (;;) {
      signal?.throwIfAborted();
      if (this.#isClosed) throw new OmUnavailable('the store is closed');
      if (this.#leader?.isConnected === true) return this.#leader;
      this.#round ??= this.#search().finally(() => (this.#round = undefined));
      const found = await within(this.#round, deadline, signal);
      if (found !== undefined) return found;
      if (Date.now() + this.#searchEveryMs >= deadline) throw new OmUnavailable(this.#reasons);
      await sleep(this.#searchEveryMs, undefined, signal === undefined ? {} : { signal });
    }
  }

  /** A node has refused or failed: it is asked again before it is trusted again, and the suggested one first. */
  doubt(node: OmNode, suggested?: string): void {
    if (this.#leader !== node) return;
    this.#leader = undefined;
    this.#suggested = suggested;
  }

  /** Ends what still waits for a leader. */
  close(): void {
    this.#isClosed = true;
  }

  async #search(): Promise<OmNode | undefined> {
    const suggested = this.#nodes.find(({ nodeId }) => nodeId !== '' && nodeId === this.#suggested);
    this.#suggested = undefined;
    const first = suggested === undefined ? undefined : await this.#leading(suggested).catch(() => undefined);
    const found = first ?? (await this.#askAll());
    if (found === undefined) return undefined;
    const { nodeId, address } = found;
    if (this.#awaySince !== undefined) this.#log.debug({ nodeId, address }, 'an Ozone Manager leads');
    this.#awaySince = undefined;
    this.#reasons = unheard;
    this.#leader = found;
    return found;
  }

  /** The first that leads; all at once, for what is gone takes long to be known as such. */
  async #askAll(): Promise<OmNode | undefined> {
    try {
      return await Promise.any(this.#nodes.map((node) => this.#leading(node)));
    } catch (error) {
      const errors = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
      const reasons = errors.map((each, index) => sentence(this.#nodes[index], each)).join('; ');
      if (reasons !== this.#reasons && !this.#isClosed) {
        const next = 'see that the OMs run, and that ozone.om.* names them and the port of their gRPC service';
        this.#log.warn({ reasons, next }, 'no Ozone Manager leads');
      }
      this.#reasons = reasons;
      this.#awaySince ??= Date.now();
      return undefined;
    }
  }

  async #leading(node: OmNode): Promise<OmNode> {
    await this.#probe(node);
    return node;
  }
}

function sentence(node: OmNode | undefined, error: unknown): string {
  const name = node === undefined || node.nodeId === '' ? '' : ` ${node.nodeId}`;
  return `Ozone Manager${name} at ${node?.address ?? '?'}: ${reasonOf(error)}`;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof NodeFailure)) return error instanceof Error ? error.message : String(error);
  if (error.kind === 'elsewhere' || error.kind === 'deposed') return 'it does not lead';
  if (error.kind === 'notReady') return 'it leads, but is not ready yet';
  return error.message;
}

/** The others who wait for the same round may have more time, or less. */
async function within<T>(
  round: Promise<T | undefined>,
  deadline: number,
  signal: AbortSignal | undefined,
): Promise<T | undefined> {
  const enough = new AbortController();
  const stop = signal === undefined ? enough.signal : AbortSignal.any([signal, enough.signal]);
  try {
    return await Promise.race([round, sleep(Math.max(0, deadline - Date.now()), undefined, { signal: stop })]);
  } finally {
    enough.abort();
  }
}
