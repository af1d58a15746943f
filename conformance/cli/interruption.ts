/** First Ctrl-C: no further cases, those running clean up, the report is written. The second one ends at once. */
export class Interruption {
  readonly #controller = new AbortController();
  readonly #onSignal = (): void => {
    this.dispose();
    process.stderr.write('\nStopping: the cases that run are finished and cleaned up. Press again to stop at once.\n');
    this.stop();
  };

  constructor() {
    process.on('SIGINT', this.#onSignal);
    process.on('SIGTERM', this.#onSignal);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  stop(): void {
    this.#controller.abort();
  }

  /** Signals end the process again. */
  dispose(): void {
    process.off('SIGINT', this.#onSignal);
    process.off('SIGTERM', this.#onSignal);
  }
}
