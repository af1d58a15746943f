import type { WriteStream } from 'node:tty';
import type { CaseResult } from '../engine/outcome.ts';

type Output = Pick<WriteStream, 'write' | 'isTTY'> & { readonly columns?: number };

/** On a terminal one line that is rewritten, with failures above it; elsewhere one line for each failure. */
export class Progress {
  readonly #output: Output;
  readonly #total: number;
  #done = 0;
  #failed = 0;

  constructor(output: Output, total: number) {
    this.#output = output;
    this.#total = total;
  }

  report(result: CaseResult): void {
    this.#done += 1;
    const { outcome, cause, id, detail } = result;
    if (outcome === 'fail' || outcome === 'error') {
      this.#failed += 1;
      this.#line(`${outcome} ${cause === undefined ? '' : `(${cause}) `}${id}: ${detail?.split('\n')[0] ?? ''}`);
    }
    this.#status(id);
  }

  finish(): void {
    if (this.#output.isTTY) this.#output.write('\r\u001B[K');
  }

  #line(text: string): void {
    this.#output.write(this.#output.isTTY ? `\r\u001B[K${text}\n` : `${text}\n`);
  }

  #status(id: string): void {
    if (!this.#output.isTTY) return;
    const text = `${String(this.#done)}/${String(this.#total)}, ${String(this.#failed)} failed  ${id}`;
    this.#output.write(`\r\u001B[K${text.slice(0, (this.#output.columns ?? 80) - 1)}`);
  }
}
