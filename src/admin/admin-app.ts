import { Router } from '@koa/router';
import Koa from 'koa';

export interface AdminFacts {
  /** Empty when requests can be served; else why not, one sentence each. */
  notReadyReasons(): Promise<readonly string[]>;
  /** The page that Prometheus reads. */
  metricsText(): Promise<string>;
}

/** What operators and their tools ask; nothing here changes anything, so nothing asks who is calling. */
export function createAdminApp(facts: AdminFacts): Koa {
  const router = new Router();
  router.get('/health', (ctx) => {
    ctx.body = { status: 'ok' };
  });
  router.get('/ready', async (ctx) => {
    const reasons = await facts.notReadyReasons();
    ctx.status = reasons.length === 0 ? 200 : 503;
    ctx.body = { ready: reasons.length === 0, reasons };
  });
  router.get('/metrics', async (ctx) => {
    ctx.type = 'text/plain; version=0.0.4; charset=utf-8';
    ctx.body = await facts.metricsText();
  });
  const app = new Koa();
  // Koa prints errors with their stack unless somebody listens.
  app.on('error', () => undefined);
  app.use(async (ctx, next) => {
    ctx.set('cache-control', 'no-store');
    await next();
  });
  app.use(router.routes());
  app.use(router.allowedMethods());
  return app;
}
