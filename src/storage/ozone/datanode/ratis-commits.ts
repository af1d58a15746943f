import type { CommitIndex } from './ratis-message.ts';

/** How far each member of a pipeline has committed, and who is not waited for any more because it lags behind. */
export class CommitIndexes {
  readonly #indexes: Map<string, number>;
  readonly #laggards = new Set<string>();
  readonly #waiters = new Map<() => void, number>();
  #highest = 0;

  constructor(datanodeUuids: readonly string[]) {
    this.#indexes = new Map(datanodeUuids.map((uuid) => [uuid, 0]));
  }

  /** Their uuids. */
  get laggards(): ReadonlySet<string> {
    return this.#laggards;
  }

  learn(commits: readonly CommitIndex[]): void {
    const known = this.#highest;
    for (const { datanodeUuid, index } of commits) {
      const before = this.#indexes.get(datanodeUuid);
      if (before === undefined || before >= index) continue;
      this.#indexes.set(datanodeUuid, index);
      this.#highest = Math.max(this.#highest, index);
      // One that is merely slow never has the latest: else it would be waited for again and again.
      if (index >= known) this.#laggards.delete(datanodeUuid);
    }
    this.#wake();
  }

  /** Whether all who count have committed it. */
  haveAll(index: number): boolean {
    for (const [uuid, committed] of this.#indexes) if (committed < index && !this.#laggards.has(uuid)) return false;
    return true;
  }

  /** Resolves when all who count have committed it, and that may be never: `forget` ends the waiting. */
  whenAll(index: number): { readonly reached: Promise<void>; readonly forget: () => void } {
    let wake = (): void => undefined;
    const reached = new Promise<void>((resolve) => (wake = resolve));
    this.#waiters.set(wake, index);
    return { reached, forget: () => void this.#waiters.delete(wake) };
  }

  /** Gives up whoever has not committed it, and returns their uuids. */
  leaveBehind(index: number): readonly string[] {
    const behind = [...this.#indexes].filter(([uuid, committed]) => committed < index && !this.#laggards.has(uuid));
    for (const [uuid] of behind) this.#laggards.add(uuid);
    this.#wake();
    return behind.map(([uuid]) => uuid);
  }

  #wake(): void {
    for (const [wake, index] of this.#waiters) if (this.haveAll(index)) wake();
  }
}
