import { S3Error } from '../errors/s3-error.ts';
import type { Registry } from '../operations/registry.ts';
import { required, type Filter } from './state.ts';

/** Stops an operation that we don't do, by its name, before its body is looked at: 501, and nothing has changed. */
export function implemented(registry: Registry): Filter {
  return async function implemented(ctx, next) {
    const name = required(ctx.state.operationName);
    if (!registry.has(name)) throw new S3Error('NotImplemented', { message: `${name} is not implemented.` });
    await next();
  };
}
