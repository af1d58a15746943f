import type { Config } from '../config/config.ts';
import type { MetricSnapshot } from '../observability/metric-snapshot.ts';
import type { ProcessSnapshot } from '../observability/metrics.ts';

/** The configuration without the secret, which a message must not carry. */
export type WorkerConfig = Omit<Config, 'firstUser'>;

/** From the primary process to a worker. */
export type ToWorker =
  | { readonly kind: 'start'; readonly name: string; readonly config: WorkerConfig }
  | { readonly kind: 'measure'; readonly id: number }
  | { readonly kind: 'stop'; readonly graceMs: number };

/** From a worker to the primary process. */
export type FromWorker =
  /** Its program is loaded; a message sent before would be lost. */
  | { readonly kind: 'loaded' }
  | { readonly kind: 'listening' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'measured'; readonly id: number; readonly snapshot: ProcessSnapshot }
  /** Sent from time to time and at the end, so that little is lost when a worker is. */
  | { readonly kind: 'counted'; readonly counts: readonly MetricSnapshot[] }
  /** What its store has met: a worker alone sees whether writes succeed. Empty when it can serve. */
  | { readonly kind: 'notReady'; readonly reasons: readonly string[] };

/** Why something failed, in one line for a person who runs the gateway. */
export function reasonOf(error: unknown): string {
  const { code, message, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  if (code === 'EADDRINUSE') return `the address ${String(address)}:${String(port)} is in use by another process`;
  if (code === 'EACCES' && port !== undefined) return `no permission to listen on ${String(address)}:${String(port)}`;
  if (code === 'EADDRNOTAVAIL') return `this machine has no address ${String(address)}`;
  return error instanceof Error ? message : String(error);
}
