import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { mergeSnapshots, type MetricSnapshot } from '../observability/metric-snapshot.ts';
import type { ProcessSnapshot } from '../observability/metrics.ts';
import type { FromWorker, ToWorker, WorkerConfig } from './messages.ts';

/** A worker that is too busy to answer is shown as it was when it last did. */
const measureWithinMs = 2000;

export interface WorkerExit {
  readonly code: number | null;
  readonly signal: string | null;
  /** Undefined for one that had begun to listen. */
  readonly failure: string | undefined;
}

/** One worker as the primary process sees it, from its fork to its exit. */
export class WorkerProcess {
  readonly listening: Promise<void>;
  readonly exited: Promise<WorkerExit>;
  readonly pid: number;
  isListening = false;
  notReadyReasons: readonly string[] = [];
  private readonly worker: Worker;
  private readonly loaded: Promise<void>;
  private onLoaded = (): void => undefined;
  private onListening = (): void => undefined;
  private last: ProcessSnapshot = { counts: [], process: [] };
  private readonly measurements = new Map<number, () => void>();
  private failure: string | undefined = 'it ended before it listened';

  /** The process begins at once, and loads its program; it does nothing before `start`. */
  constructor() {
    this.worker = cluster.fork();
    this.pid = this.worker.process.pid ?? 0;
    this.loaded = new Promise((resolve) => (this.onLoaded = resolve));
    this.listening = new Promise((resolve) => (this.onListening = resolve));
    this.worker.on('message', (message: FromWorker) => this.receive(message));
    this.exited = this.untilExit();
  }

  start(name: string, config: WorkerConfig): void {
    void this.loaded.then(() => this.send({ kind: 'start', name, config }));
  }

  /** What it last told of its counts; they stay true when it is gone. */
  get counts(): readonly MetricSnapshot[] {
    return this.last.counts;
  }

  async measure(): Promise<ProcessSnapshot> {
    if (!this.isListening) return this.last;
    const id = this.measurements.size === 0 ? 1 : Math.max(...this.measurements.keys()) + 1;
    await new Promise<void>((resolve) => {
      this.measurements.set(id, resolve);
      setTimeout(resolve, measureWithinMs).unref();
      this.send({ kind: 'measure', id });
      void this.exited.then(() => resolve());
    });
    this.measurements.delete(id);
    return this.last;
  }

  stop(graceMs: number): void {
    this.send({ kind: 'stop', graceMs });
  }

  kill(): void {
    this.worker.process.kill('SIGKILL');
  }

  private send(message: ToWorker): void {
    // A worker that is just ending does not take it, and does not need it.
    if (this.worker.isConnected()) this.worker.send(message, undefined, () => undefined);
  }

  private receive(message: FromWorker): void {
    switch (message.kind) {
      case 'loaded':
        this.onLoaded();
        break;
      case 'listening':
        this.isListening = true;
        this.failure = undefined;
        this.onListening();
        break;
      case 'failed':
        this.failure = message.reason;
        break;
      case 'counted':
        this.last = { ...this.last, counts: message.counts };
        break;
      case 'notReady':
        this.notReadyReasons = message.reasons;
        break;
      case 'measured':
        this.last = message.snapshot;
        this.measurements.get(message.id)?.();
        break;
    }
  }

  private async untilExit(): Promise<WorkerExit> {
    const [code, signal] = (await once(this.worker, 'exit')) as [number | null, string | null];
    this.isListening = false;
    return { code, signal, failure: this.failure };
  }
}

/** Keeps the sum of what workers counted that are no more. */
export class RetiredCounts {
  total: readonly MetricSnapshot[] = [];

  add(counts: readonly MetricSnapshot[]): void {
    this.total = mergeSnapshots([this.total, counts]);
  }
}
