import type { Verifier } from '../auth/verifier.ts';
import { createS3Request } from './s3-request.ts';
import { required, type Filter } from './state.ts';

/** Lets the verifier decide who sent the request, from what was on the wire. */
export function authenticate(verifier: Verifier, now: () => Date): Filter {
  return async function authenticate(ctx, next) {
    const resource = required(ctx.state.resource);
    const { target, rawHeaders, query } = resource;
    const verification = await verifier.verify({
      method: ctx.method,
      rawPath: target.rawPath,
      rawQuery: target.rawQuery,
      headers: rawHeaders,
      now: now(),
    });
    ctx.state.verification = verification;
    if (verification.presignedHeaders.length > 0) {
      const headers = [...rawHeaders, ...verification.presignedHeaders];
      ctx.state.resource = { ...resource, request: createS3Request(ctx.method, headers, query) };
    }
    await next();
  };
}
