import type { Verifier } from '../auth/verifier.ts';
import { required, type Filter } from './state.ts';

/** Lets the verifier decide who sent the request, from what was on the wire. */
export function authenticate(verifier: Verifier, now: () => Date): Filter {
  return async function authenticate(ctx, next) {
    const { target, rawHeaders } = required(ctx.state.resource);
    ctx.state.verification = await verifier.verify({
      method: ctx.method,
      rawPath: target.rawPath,
      rawQuery: target.rawQuery,
      headers: rawHeaders,
      now: now(),
    });
    await next();
  };
}
