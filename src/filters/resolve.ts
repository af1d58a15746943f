import { resolveName } from '../operations/registry.ts';
import { required, type Filter } from './state.ts';

/** Names the operation, implemented or not, before anything else is asked: metrics, log and refusals go by its name. */
export function resolve(): Filter {
  return async function resolve(ctx, next) {
    const { address, query, request } = required(ctx.state.resource);
    ctx.state.operationName = resolveName({
      method: ctx.method,
      resource: address.kind,
      bucket: address.kind === 'service' ? '' : address.bucket,
      query,
      // A presigned URL carries x-amz-* headers as query parameters.
      hasHeader: (name) => request.header(name) !== undefined || request.query(name) !== undefined,
    });
    await next();
  };
}
