import { randomBytes } from 'node:crypto';
import type { Filter } from './state.ts';

/** Names this process in `x-amz-id-2` and in the HostId of error documents. */
export const hostId = randomBytes(24).toString('base64');

/** Gives each request an id of 16 hex digits, in `x-amz-request-id`, error documents and log lines. */
export function requestId(): Filter {
  const prefix = randomBytes(4).toString('hex').toUpperCase();
  let count = randomBytes(4).readUInt32BE();
  return async function requestId(ctx, next) {
    count = (count + 1) >>> 0;
    ctx.state.requestId = prefix + count.toString(16).toUpperCase().padStart(8, '0');
    ctx.state.startedAt = performance.now();
    ctx.state.bytesIn = 0;
    ctx.state.bytesOut = 0;
    ctx.res.setHeader('x-amz-request-id', ctx.state.requestId);
    ctx.res.setHeader('x-amz-id-2', hostId);
    await next();
  };
}
