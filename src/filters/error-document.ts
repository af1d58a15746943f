import { isClientGone } from '../errors/client-gone.ts';
import type { S3ErrorCode } from '../errors/codes.ts';
import { isS3Error, S3Error } from '../errors/s3-error.ts';
import { errorDocument as renderError } from '../xml/error.ts';
import type { GatewayLog } from './log.ts';
import { hostId } from './request-id.ts';
import { respond } from './respond.ts';
import type { Filter, FilterContext } from './state.ts';

/** Status under which an exchange is counted that the client broke off. */
const clientGoneStatus = 499;

/** The one place where an error becomes an answer: S3's XML, or nothing where nobody can read it any more. */
export function errorDocument(log: GatewayLog, idleTimeoutMs: number): Filter {
  return async function errorDocument(ctx, next) {
    try {
      await next();
    } catch (error) {
      const { req, res, state } = ctx;
      if (isClientGone(error) || res.destroyed) {
        state.status = clientGoneStatus;
        state.errorCode = 'ClientGone';
        res.destroy();
        return;
      }
      const s3Error = toS3Error(error, log, state.requestId);
      state.status = s3Error.status;
      state.errorCode = s3Error.code;
      if (res.headersSent) {
        res.destroy(); // the only way left to say that the body is not whole
        return;
      }
      const onBytes = (count: number): void => {
        state.bytesOut += count;
      };
      await respond({ req, res }, errorResponse(ctx, s3Error), { idleTimeoutMs, onBytes }).catch(() => res.destroy());
    }
  };
}

/** What whoever throws it has to say of it is in the log already, once and not for each request. */
const toldElsewhere: ReadonlySet<S3ErrorCode> = new Set<S3ErrorCode>([
  'NotImplemented',
  'ServiceUnavailable',
  'SlowDown',
]);

/** Anything that is not an S3Error is a defect or a failing disk: logged with its stack, told without any of it. */
export function toS3Error(error: unknown, log: GatewayLog, requestId: string): S3Error {
  const s3Error = isS3Error(error) ? error : new S3Error('InternalError', { cause: error });
  if (s3Error.status >= 500 && !toldElsewhere.has(s3Error.code)) {
    log.error({ requestId, err: s3Error.cause ?? s3Error }, 'request failed');
  }
  return s3Error;
}

function errorResponse(ctx: FilterContext, error: S3Error): Parameters<typeof respond>[1] {
  const headers = { ...error.headers, 'content-type': 'application/xml' };
  return { status: error.status, headers, body: errorText(ctx, error) };
}

export function errorText(ctx: FilterContext, error: S3Error): string {
  return renderError({
    code: error.code,
    message: error.message,
    details: error.details,
    resource: error.resource ?? ctx.path,
    requestId: ctx.state.requestId,
    hostId,
  });
}
