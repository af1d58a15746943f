import { mergeSnapshots, prometheusText, type MetricSnapshot } from './metric-snapshot.ts';
import type { ProcessMetrics } from './process-metrics.ts';
import { RequestCounts, type FinishedRequest } from './request-counts.ts';

/** What one process counts. */
export interface Metrics {
  requestFinished(request: FinishedRequest): void;
  bytes(direction: 'in' | 'out', count: number): void;
  counts(): readonly MetricSnapshot[];
  snapshot(): Promise<ProcessSnapshot>;
}

export interface ProcessSnapshot {
  /** Survives its process: a sum over all processes must never fall. */
  readonly counts: readonly MetricSnapshot[];
  readonly process: readonly MetricSnapshot[];
}

/**
 * The name, such as `worker-1`, labels what is measured of the process itself. That part is loaded only a moment
 * later, so that it does not stand between the start and the first request.
 */
export function createMetrics(processName: string): Metrics {
  const counts = new RequestCounts();
  let loading: Promise<ProcessMetrics> | undefined;
  const ofProcess = () =>
    (loading ??= import('./process-metrics.ts').then(({ processMetrics }) => processMetrics(processName)));
  setTimeout(() => void ofProcess(), 1000).unref();
  return {
    requestFinished: (request) => counts.requestFinished(request),
    bytes: (direction, count) => counts.bytes(direction, count),
    counts: () => counts.snapshot(),
    snapshot: async () => ({ counts: counts.snapshot(), process: await (await ofProcess()).snapshot() }),
  };
}

/** The page that Prometheus reads: everything that is counted, over all processes, then each process by itself. */
export function metricsPage(snapshots: readonly ProcessSnapshot[], retired: readonly MetricSnapshot[]): string {
  const counts = mergeSnapshots([retired, ...snapshots.map((snapshot) => snapshot.counts)]);
  return prometheusText([...counts, ...mergeSnapshots(snapshots.map((snapshot) => snapshot.process))]);
}
