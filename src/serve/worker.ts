import { setTimeout as sleep } from 'node:timers/promises';
import { stderrLogger, type GatewayLogger } from '../observability/logger.ts';
import { createMetrics, type Metrics } from '../observability/metrics.ts';
import type { S3Server } from '../server.ts';
import { openStore } from '../storage/open.ts';
import type { ObjectStore } from '../storage/port.ts';
import { composeServer } from './compose.ts';
import { letHeapGrow } from './heap-growth.ts';
import { reasonOf, type FromWorker, type ToWorker, type WorkerConfig } from './messages.ts';

/** The program of a worker process: it does what the primary process tells it, and ends with it. */

const countsEveryMs = 1000;

interface Running {
  readonly metrics: Metrics;
  readonly logger: GatewayLogger;
  readonly store: ObjectStore;
  readonly server: S3Server;
}

let running: Promise<Running> | undefined;
let isStopping = false;

function tell(message: FromWorker): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve();
    else process.send(message, undefined, undefined, () => resolve());
  });
}

async function start(name: string, config: WorkerConfig): Promise<Running> {
  letHeapGrow();
  const logger = stderrLogger(config.log.level);
  endOnFault(logger);
  const metrics = createMetrics(name);
  const store = await openStore({ ...config.store, role: 'worker', log: logger.log });
  const server = composeServer(config, { store, metrics, log: logger.log, requestLog: logger.requestLog });
  await server.listen(config.listen);
  await tell({ kind: 'listening' });
  setInterval(() => void tell({ kind: 'counted', counts: metrics.counts() }), countsEveryMs).unref();
  void tellReadiness(store);
  return { metrics, logger, store, server };
}

async function tellReadiness(store: ObjectStore): Promise<void> {
  let told = '';
  while (!isStopping) {
    const reasons = await store.notReadyReasons();
    const text = reasons.join();
    if (text !== told) await tell({ kind: 'notReady', reasons });
    told = text;
    await sleep(countsEveryMs, undefined, { ref: false });
  }
}

/** A state that nobody foresaw is not gone on with: the next worker begins from a clean one. */
function endOnFault(logger: GatewayLogger): void {
  const end = (error: unknown): void => {
    logger.log.fatal({ err: error }, 'a worker ends because of a fault');
    void exit(1, logger);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}

async function stop(graceMs: number): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  const parts = await running?.catch(() => undefined);
  if (parts !== undefined) {
    await parts.server.close(graceMs);
    await parts.store.close();
    await tell({ kind: 'counted', counts: parts.metrics.counts() });
  }
  await exit(0, parts?.logger);
}

async function exit(code: number, logger: GatewayLogger | undefined): Promise<void> {
  if ((await logger?.end()) === false) process.kill(process.pid, 'SIGKILL');
  process.exit(code);
}

async function measure(id: number): Promise<void> {
  const parts = await running;
  if (parts !== undefined) await tell({ kind: 'measured', id, snapshot: await parts.metrics.snapshot() });
}

let graceMs = 0;
process.on('message', (message: ToWorker) => {
  switch (message.kind) {
    case 'start':
      graceMs = message.config.timeouts.graceMs;
      running = start(message.name, message.config);
      running.catch(async (error: unknown) => {
        await tell({ kind: 'failed', reason: reasonOf(error) });
        process.exit(1);
      });
      break;
    case 'measure':
      void measure(message.id).catch(() => undefined);
      break;
    case 'stop':
      void stop(message.graceMs);
      break;
  }
});

// Ctrl-C and a hang-up reach every process of a terminal: when to stop is the primary process's word.
process.on('SIGINT', () => undefined);
process.on('SIGHUP', () => undefined);
process.on('SIGTERM', () => void stop(graceMs));

void tell({ kind: 'loaded' });
