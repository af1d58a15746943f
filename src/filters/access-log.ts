import type { GatewayLog } from './log.ts';
import type { Filter } from './state.ts';

/** One line a request, when its last byte was written or the client had gone. */
export function accessLog(log: GatewayLog): Filter {
  return async function accessLog(ctx, next) {
    await next();
    const { state, req } = ctx;
    log.info(
      {
        requestId: state.requestId,
        operation: state.operationName,
        method: ctx.method,
        target: state.resource?.target.rawPath,
        status: state.status ?? ctx.res.statusCode,
        code: state.errorCode,
        user: state.verification?.caller.userName,
        remote: req.socket.remoteAddress,
        bytesIn: state.bytesIn,
        bytesOut: state.bytesOut,
        ms: Math.round((performance.now() - state.startedAt) * 100) / 100,
      },
      'request',
    );
  };
}
