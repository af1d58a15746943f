import cluster from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { metricsPage, type ProcessSnapshot } from '../observability/metrics.ts';
import type { ListenAddress } from '../server.ts';
import type { StoreLog } from '../storage/values.ts';
import { claimPort } from './claim-port.ts';
import type { WorkerConfig } from './messages.ts';
import { RetiredCounts, WorkerProcess } from './worker-process.ts';

const firstDelayMs = 100;
const longestDelayMs = 10_000;
/** A worker that lived so long did not fail because of how it started. */
const soundAfterMs = 10_000;
/** What a worker needs beyond the grace period to close its store and its log. */
const closingMs = 3000;

/** The worker processes of a server: as many as configured, one that dies replaced. */
export class WorkerPool {
  private readonly config: WorkerConfig;
  private readonly workers = new Map<string, WorkerProcess>();
  private readonly retired = new RetiredCounts();
  private readonly stopping = new AbortController();
  private log: StoreLog | undefined;
  private address: ListenAddress;

  /** The processes begin at once, to load while the primary process does its own part; they wait for `start`. */
  constructor(config: WorkerConfig) {
    this.config = config;
    this.address = config.listen;
    const exec = fileURLToPath(new URL(`./worker${import.meta.url.slice(-3)}`, import.meta.url));
    cluster.setupPrimary({ exec, args: [] });
    for (let number = 1; number <= config.workers; number += 1)
      this.workers.set(`worker-${number}`, new WorkerProcess());
  }

  /** Resolves when all workers listen; rejects with the reason of the first one that cannot. */
  async start(log: StoreLog): Promise<ListenAddress> {
    this.log = log;
    this.address = await claimPort(this.config.listen);
    await Promise.all([...this.workers].map(([name, worker]) => this.startFirst(name, worker)));
    return this.address;
  }

  get listeningCount(): number {
    return [...this.workers.values()].filter((worker) => worker.isListening).length;
  }

  /** Of all workers, each reason once. */
  get notReadyReasons(): readonly string[] {
    return [...new Set([...this.workers.values()].flatMap((worker) => worker.notReadyReasons))];
  }

  /** The text of /metrics, with the primary process's own part in it. */
  async metricsText(own: ProcessSnapshot): Promise<string> {
    const snapshots = await Promise.all([...this.workers.values()].map((worker) => worker.measure()));
    return metricsPage([own, ...snapshots], this.retired.total);
  }

  /** Lets running requests finish for up to `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    this.stopping.abort();
    const workers = [...this.workers.values()];
    for (const worker of workers) worker.stop(graceMs);
    const tooLate = setTimeout(() => this.kill(), graceMs + closingMs);
    await Promise.all(workers.map((worker) => worker.exited));
    clearTimeout(tooLate);
  }

  kill(): void {
    this.stopping.abort();
    for (const worker of this.workers.values()) worker.kill();
  }

  private async startFirst(name: string, worker: WorkerProcess): Promise<void> {
    this.startOne(name, worker);
    const failed = worker.exited.then(({ failure }) => {
      throw new Error(failure ?? 'a worker ended while the server started');
    });
    await Promise.race([worker.listening, failed]);
    void this.keep(name, worker);
  }

  private startOne(name: string, worker: WorkerProcess): void {
    worker.start(name, { ...this.config, listen: this.address });
  }

  private replacement(name: string): WorkerProcess {
    const worker = new WorkerProcess();
    this.workers.set(name, worker);
    this.startOne(name, worker);
    return worker;
  }

  private async keep(name: string, first: WorkerProcess): Promise<void> {
    let failures = 0;
    for (let worker = first; ; worker = this.replacement(name)) {
      const startedAt = Date.now();
      const exit = await worker.exited;
      this.retired.add(worker.counts);
      this.workers.delete(name);
      failures = Date.now() - startedAt > soundAfterMs ? 0 : failures;
      const delayMs = Math.min(firstDelayMs * 2 ** failures, longestDelayMs);
      failures += 1;
      if (this.isStopping()) return;
      this.log?.warn(
        { worker: name, workerPid: worker.pid, ...exit, delayMs },
        'a worker ended, another takes its place',
      );
      await sleep(delayMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      if (this.isStopping()) return;
    }
  }

  private isStopping(): boolean {
    return this.stopping.signal.aborted;
  }
}
