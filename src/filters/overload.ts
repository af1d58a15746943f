import { S3Error } from '../errors/s3-error.ts';
import type { Filter } from './state.ts';

/** Refuses what exceeds the cap on requests in flight at once: clients that are told to slow down come back. */
export function overload(maxRequestsInFlight: number): Filter {
  let inFlight = 0;
  return async function overload(_ctx, next) {
    if (inFlight >= maxRequestsInFlight) throw new S3Error('SlowDown', { headers: { 'retry-after': '1' } });
    inFlight++;
    try {
      await next();
    } finally {
      inFlight--;
    }
  };
}
