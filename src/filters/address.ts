import { S3Error } from '../errors/s3-error.ts';
import { parseAddress, splitTarget } from '../s3/address.ts';
import { parseQuery } from '../s3/query.ts';
import { createS3Request, rawHeaderList } from './s3-request.ts';
import type { Filter } from './state.ts';

/** Reads the resource, the query and the headers of a request from its raw target and raw headers. */
export function address(domains: readonly string[]): Filter {
  return async function address(ctx, next) {
    const { req } = ctx;
    const rawHeaders = rawHeaderList(req);
    const hosts = rawHeaders.filter(([name]) => name === 'host');
    if (hosts.length > 1 || (hosts.length === 0 && req.httpVersion === '1.1')) {
      throw new S3Error('BadRequest', { message: 'A request needs exactly one Host header.' });
    }
    const target = splitTarget(req.url ?? '/');
    const query = parseQuery(target.rawQuery);
    ctx.state.resource = {
      rawHeaders,
      target,
      query,
      address: parseAddress(target.rawPath, hosts[0]?.[1] ?? '', domains),
      request: createS3Request(ctx.method, rawHeaders, query),
    };
    await next();
  };
}
