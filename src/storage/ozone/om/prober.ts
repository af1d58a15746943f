import { seal, unseal, type OmCaller } from './envelope.ts';
import { NodeFailure } from './node-failure.ts';
import type { OmNode } from './om-node.ts';
import type { OmTimings } from './timings.ts';

/** ServiceInfo.OMVersion of Ozone 2.2.0: an older OM would not keep the conditions of writes. */
const leastVersion = 12;
/** A read is sent to another node as soon as its own is gone; what became of a write is worth waiting for. */
const silences = { read: 1, write: 4 };
/** Who asks for the gateway itself. */
const ownCaller: OmCaller = {
  caller: { accessId: 'ozone-s3g', userName: 'ozone-s3g' },
  clientAddress: '127.0.0.1',
};

/** Asks OMs whether they lead, each one once at a time. */
export class Prober {
  readonly #running = new Map<OmNode, Promise<void>>();
  readonly #envelope = seal(ownCaller, 'ServiceList', {});
  readonly #probeMs: number;

  constructor({ probeMs }: Pick<OmTimings, 'probeMs'>) {
    this.#probeMs = probeMs;
  }

  /** Resolves if the node leads and is of a version that we can work with; rejects with NodeFailure. */
  async probe(node: OmNode): Promise<void> {
    let running = this.#running.get(node);
    if (running === undefined) {
      running = this.#ask(node).finally(() => this.#running.delete(node));
      this.#running.set(node, running);
    }
    await running;
  }

  /** For Attempt.isGone: whether a silent node has not answered probes either. */
  watch(node: OmNode, isWrite: boolean): () => Promise<boolean> {
    let left = isWrite ? silences.write : silences.read;
    return async () => {
      try {
        await this.probe(node);
      } catch (error) {
        if (error instanceof NodeFailure && (error.kind === 'lost' || error.kind === 'unreachable')) left -= 1;
      }
      return left <= 0;
    };
  }

  async #ask(node: OmNode): Promise<void> {
    const { request, metadata } = this.#envelope;
    const deadline = Date.now() + this.#probeMs;
    let bytes: Buffer;
    try {
      bytes = await node.submit(request, metadata, { deadline });
    } catch (error) {
      if (error instanceof NodeFailure && error.kind === 'lost') node.reconnect();
      throw error;
    }
    const { answer, error } = unseal('ServiceList', bytes);
    if (error !== undefined) throw new NodeFailure('fault', error.message, { cause: error });
    const version = answer.serviceInfo.find(({ omRole }) => omRole?.serverRole === 'LEADER')?.omVersion ?? 0;
    if (version >= leastVersion) return;
    const what = `it is of OMVersion ${version}, and this gateway needs ${leastVersion}, as Ozone 2.2.0 has it`;
    throw new NodeFailure('fault', `${what}: update Ozone`);
  }
}
