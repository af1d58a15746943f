import Koa from 'koa';
import type { Verifier } from './auth/verifier.ts';
import { accessLog } from './filters/access-log.ts';
import { address } from './filters/address.ts';
import { authenticate } from './filters/authenticate.ts';
import { body } from './filters/body.ts';
import { dispatch } from './filters/dispatch.ts';
import { errorDocument } from './filters/error-document.ts';
import { implemented } from './filters/implemented.ts';
import type { GatewayLog } from './filters/log.ts';
import { metrics, type RequestMetrics } from './filters/metrics.ts';
import { overload } from './filters/overload.ts';
import { requestId } from './filters/request-id.ts';
import { resolve } from './filters/resolve.ts';
import type { LateTimings } from './filters/respond-late.ts';
import type { RequestState } from './filters/state.ts';
import { operations } from './operations/index.ts';
import { createRegistry } from './operations/registry.ts';
import type { ObjectStore } from './storage/port.ts';

export interface GatewaySettings {
  readonly region: string;
  /** Domains under which buckets are hosts: `BUCKET.DOMAIN`. */
  readonly domains: readonly string[];
  readonly maxRequestsInFlight: number;
  /** How long a client may neither send nor take anything, in milliseconds. */
  readonly idleTimeoutMs: number;
  readonly late: LateTimings;
}

export interface GatewayDeps {
  readonly store: ObjectStore;
  readonly verifier: Verifier;
  readonly settings: GatewaySettings;
  readonly log: GatewayLog;
  /** Where the line of each request goes; `log` if absent. */
  readonly requestLog?: GatewayLog;
  readonly metrics: RequestMetrics;
  readonly now?: () => Date;
}

/** The S3 application. The order of the filters is written here and nowhere else. */
export function createGateway(deps: GatewayDeps): Koa<RequestState> {
  const { store, verifier, settings, log, now = () => new Date() } = deps;
  const { idleTimeoutMs, region, late } = settings;
  const registry = createRegistry(operations);
  const app = new Koa<RequestState>();
  app.on('error', (error: unknown) => {
    log.error({ err: error }, 'a filter failed outside the error document');
  });
  app.use(handOver);
  app.use(requestId());
  app.use(accessLog(deps.requestLog ?? log));
  app.use(metrics(deps.metrics));
  app.use(errorDocument(log, idleTimeoutMs));
  app.use(overload(settings.maxRequestsInFlight));
  app.use(address(settings.domains));
  app.use(resolve());
  app.use(authenticate(verifier, now));
  app.use(implemented(registry));
  app.use(body(idleTimeoutMs));
  app.use(dispatch({ store, registry, region, log, late, idleTimeoutMs }));
  return app;
}

/** Responses are written by our own filters, not by Koa. */
function handOver(ctx: Koa.Context, next: Koa.Next): Promise<void> {
  ctx.respond = false;
  return next();
}
