import type { CaseResult } from './outcome.ts';

/** Notices that an endpoint has stopped answering, so that a run does not wait out the time limit of every case left. */
export class Patience {
  readonly #limit: number;
  #unanswered = 0;

  /** @param limit so many cases in a row without an answer are enough */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @returns whether it is at its end */
  isLost(result: Pick<CaseResult, 'cause' | 'outcome'>): boolean {
    if (result.outcome === 'skipped') return false;
    this.#unanswered = result.cause === 'timeout' || result.cause === 'connection' ? this.#unanswered + 1 : 0;
    return this.#unanswered >= this.#limit;
  }
}
