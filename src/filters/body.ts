import { createBodySource } from '../body/body-source.ts';
import { requestBytes } from './request-bytes.ts';
import { required, type Filter } from './state.ts';

/** Offers the body, decoded, counted and checked against all that the client promised of it, to be read on demand. */
export function body(idleTimeoutMs: number): Filter {
  return async function body(ctx, next) {
    const { req, res, state } = ctx;
    const stream = requestBytes(req, {
      idleTimeoutMs,
      beforeFirstRead: () => {
        if (expectsContinue(req.headers.expect) && !res.headersSent) res.writeContinue();
      },
      onBytes: (count) => {
        state.bytesIn += count;
      },
    });
    state.body = createBodySource({
      stream,
      request: required(state.resource).request,
      payload: required(state.verification).payload,
      checksumsOf: state.operationName === 'CompleteMultipartUpload' ? 'object' : 'body',
    });
    await next();
  };
}

function expectsContinue(expect: string | undefined): boolean {
  return expect?.toLowerCase() === '100-continue';
}
