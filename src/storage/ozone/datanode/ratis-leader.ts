import type { DatanodeDetails } from '../proto/hdds.ts';

/** How long a datanode that could not be spoken to is not believed to lead, whatever the others say. */
const distrustMs = 2000;

/** Which member of a pipeline to speak to, as far as anybody has said. One for all streams of the pipeline. */
export class LeaderGuess {
  readonly #members: readonly DatanodeDetails[];
  readonly #lostAt = new Map<string, number>();
  readonly #retryMs: number;
  #index: number;
  /** Turns without a success between. */
  #turns = 0;

  /** `hint` is a uuid, or empty. `retryMs` is how long to wait before asking again when nobody leads. */
  constructor(members: readonly DatanodeDetails[], hint: string, retryMs: number) {
    if (members.length === 0) throw new Error('a pipeline without members');
    this.#members = members;
    this.#retryMs = retryMs;
    this.#index = Math.max(0, this.#indexOf(hint));
  }

  get current(): DatanodeDetails {
    return this.#members[this.#index] as DatanodeDetails;
  }

  succeeded(): void {
    this.#turns = 0;
  }

  /** `asked` said that it doesn't lead, and who does, if it knows. Returns how long to wait before going on. */
  isNot(asked: DatanodeDetails, leader: string | undefined): number {
    this.#turns += 1;
    // Until an election the others name the dead leader.
    const named = leader === undefined || this.#isLost(leader) ? -1 : this.#indexOf(leader);
    if (named < 0) return this.#next(asked);
    this.#index = named;
    return this.#turns > this.#members.length ? this.#retryMs : 0;
  }

  /** `asked` could not be reached, or broke off. Returns how long to wait before going on. */
  lost(asked: DatanodeDetails): number {
    this.#turns += 1;
    this.#lostAt.set(asked.uuid, Date.now());
    return this.#next(asked);
  }

  #next(asked: DatanodeDetails): number {
    // Another stream of the pipeline may have learned better meanwhile.
    if (this.current.uuid !== asked.uuid) return 0;
    this.#index = (this.#index + 1) % this.#members.length;
    return this.#turns % this.#members.length === 0 ? this.#retryMs : 0;
  }

  #isLost(uuid: string): boolean {
    return Date.now() - (this.#lostAt.get(uuid) ?? -Infinity) < distrustMs;
  }

  #indexOf(uuid: string): number {
    return this.#members.findIndex((member) => member.uuid === uuid);
  }
}
