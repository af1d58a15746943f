import { createHash } from 'node:crypto';

/** What a key holds: the MD5 of its object's bytes, or `absent`. */
export type KeyState = string;

interface Knowledge {
  acknowledged: KeyState;
  /** What a request that was sent and not yet answered makes of the key. */
  inFlight?: KeyState;
}

export function stateOf(body: Buffer): KeyState {
  return createHash('md5').update(body).digest('hex');
}

/** What a client may rely on, key by key: each key has one writer. */
export class KnownStates {
  readonly #keys = new Map<string, Knowledge>();
  acknowledgedWrites = 0;
  lostInFlight = 0;

  /** Sends a request that leaves `next` behind; a request that fails leaves the key in either state. */
  async change(key: string, next: KeyState, send: () => Promise<void>): Promise<void> {
    const knowledge = this.#keys.get(key) ?? { acknowledged: 'absent' };
    this.#keys.set(key, knowledge);
    knowledge.inFlight = next;
    await send();
    knowledge.acknowledged = next;
    delete knowledge.inFlight;
    this.acknowledgedWrites += 1;
  }

  keys(): string[] {
    return [...this.#keys.keys()];
  }

  /** The states that the key may be in; what it is in is then known for sure. */
  settle(key: string, actual: KeyState): readonly KeyState[] {
    const { acknowledged, inFlight } = this.#keys.get(key) ?? { acknowledged: 'absent' };
    this.#keys.set(key, { acknowledged: actual });
    if (inFlight === undefined) return [acknowledged];
    this.lostInFlight += actual === inFlight ? 0 : 1;
    return [acknowledged, inFlight];
  }
}
