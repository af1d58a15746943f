import type { WriteStream } from 'node:tty';
import type { CaseResult } from '../engine/outcome.ts';

type Output = Pick<WriteStream, 'write' | 'isTTY'> & { readonly columns?: number };

export interface ProgressOptions {
  /** A failure that is expected is counted, and not told. */
  readonly isExpected?: (result: CaseResult) => boolean;
  /** Milliseconds that only grow. */
  readonly now?: () => number;
}

/** So often is told, off a terminal, how far it is: a CI's log should show that it goes on, and little else. */
const quietEveryMs = 30_000;

/**
 * On a terminal one line that is rewritten, with counts and the time left, and failures above it; elsewhere one line for
 * each failure, and one for each half minute.
 */
export class Progress {
  readonly #output: Output;
  readonly #total: number;
  readonly #isExpected: (result: CaseResult) => boolean;
  readonly #now: () => number;
  readonly #startedAt: number;
  #toldAt: number;
  #done = 0;
  #failed = 0;

  constructor(output: Output, total: number, options: ProgressOptions = {}) {
    this.#output = output;
    this.#total = total;
    this.#isExpected = options.isExpected ?? (() => false);
    this.#now = options.now ?? (() => performance.now());
    this.#startedAt = this.#now();
    this.#toldAt = this.#startedAt;
  }

  report(result: CaseResult): void {
    this.#done += 1;
    const { outcome, cause, id, detail } = result;
    if (outcome === 'fail' || outcome === 'error') {
      this.#failed += 1;
      const why = `${cause === undefined ? '' : `(${cause}) `}${id}: ${detail?.split('\n')[0] ?? ''}`;
      if (!this.#isExpected(result)) this.#line(`${outcome} ${why}`);
    }
    if (this.#output.isTTY) this.#status(id);
    else if (this.#now() - this.#toldAt >= quietEveryMs) this.#tell();
  }

  finish(): void {
    if (this.#output.isTTY) this.#output.write('\r\u001B[K');
  }

  #line(text: string): void {
    this.#output.write(this.#output.isTTY ? `\r\u001B[K${text}\n` : `${text}\n`);
  }

  #tell(): void {
    this.#toldAt = this.#now();
    this.#line(this.#counts());
  }

  #counts(): string {
    // Probes that the results call for come on top of what was planned.
    const total = Math.max(this.#total, this.#done);
    const failed = this.#failed === 0 ? '' : `, ${this.#failed} failed`;
    return `${this.#done}/${total}${failed}, ${timeText(this.#leftMs(total))} left`;
  }

  #leftMs(total: number): number {
    return ((this.#now() - this.#startedAt) / this.#done) * (total - this.#done);
  }

  #status(id: string): void {
    const text = `${this.#counts()}  ${id}`;
    this.#output.write(`\r\u001B[K${text.slice(0, (this.#output.columns ?? 80) - 1)}`);
  }
}

/** `45 s`, `3 min`: more would be pretence. */
function timeText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
