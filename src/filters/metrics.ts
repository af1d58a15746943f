import type { Filter } from './state.ts';

/** What the gateway counts; the registry behind it belongs to whoever runs the gateway. */
export interface RequestMetrics {
  requestFinished(request: { readonly operation: string; readonly code: string; readonly seconds: number }): void;
  bytes(direction: 'in' | 'out', count: number): void;
}

/** Counts and times each request under its operation's name, or `unresolved` when it had none. */
export function metrics(registry: RequestMetrics): Filter {
  return async function metrics(ctx, next) {
    await next();
    const { state } = ctx;
    registry.requestFinished({
      operation: state.operationName ?? 'unresolved',
      code: String(state.status ?? ctx.res.statusCode),
      seconds: (performance.now() - state.startedAt) / 1000,
    });
    if (state.bytesIn > 0) registry.bytes('in', state.bytesIn);
    if (state.bytesOut > 0) registry.bytes('out', state.bytesOut);
  };
}
