import { replicationLevel } from '../proto/ratis.ts';
import type { CommitIndexes } from './ratis-commits.ts';
import type { RatisSettings } from './ratis-settings.ts';
import type { Watches } from './ratis-watches.ts';
import { PipelineFailure } from './write-failure.ts';

/** Whether writes that a majority has committed have come to all members of a pipeline. */
export class Durability {
  readonly #watches: Watches;
  readonly #commits: CommitIndexes;
  readonly #settings: RatisSettings;
  readonly #leaveBehind: (index: number) => void;

  /** `leaveBehind` ends the waiting for whoever has not committed an index. */
  constructor(watches: Watches, commits: CommitIndexes, settings: RatisSettings, leaveBehind: (index: number) => void) {
    this.#watches = watches;
    this.#commits = commits;
    this.#settings = settings;
    this.#leaveBehind = leaveBehind;
  }

  /**
   * Resolves when the write of this index, which a majority has, is as durable as configured. A member that has not
   * got it within the patience is left behind, as Ozone's own client does after 30 s: whoever has a majority is
   * content then, and later writes don't wait for it. Rejects with PipelineFailure when nobody can say.
   */
  async reached(index: number): Promise<void> {
    if (this.#settings.durability === 'MAJORITY') return;
    const { allCommitted, majorityCommitted } = replicationLevel;
    const start = Date.now();
    // With a member left behind, a majority of three is everybody else.
    const levels = this.#commits.laggards.size === 0 ? [allCommitted] : [majorityCommitted, allCommitted];
    for (const level of levels) {
      if (this.#commits.haveAll(index)) return;
      await this.#ask(index, level, this.#settings.followerPatienceMs - (Date.now() - start));
    }
    if (this.#commits.haveAll(index)) return;
    // Committed as it is, a leader would say so at once: one that says nothing has gone.
    while (!(await this.#ask(index, majorityCommitted, this.#settings.followerPatienceMs))) {
      if (Date.now() - start > this.#settings.leaderlessMs) {
        throw new PipelineFailure('no answer whether a write was committed');
      }
      this.#watches.renew();
    }
    if (!this.#commits.haveAll(index)) this.#leaveBehind(index);
  }

  /** Whether there was an answer in time, or none needed any more. */
  async #ask(index: number, level: number, withinMs: number): Promise<boolean> {
    const watch = this.#watches.ask(index, level);
    const news = this.#commits.whenAll(index);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), Math.max(0, withinMs));
    });
    try {
      const answered = Promise.race([watch.answered, news.reached]).then(() => true);
      return await Promise.race([answered, late]);
    } finally {
      clearTimeout(timer);
      watch.forget();
      news.forget();
    }
  }
}
