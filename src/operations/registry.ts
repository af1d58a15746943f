import { S3Error } from '../errors/s3-error.ts';
import type { Query } from '../s3/query.ts';
import { catalogue, type CatalogueEntry, type S3OperationName } from './catalogue.ts';
import type { Operation, Resource } from './operation.ts';

export interface RoutedRequest {
  readonly method: string;
  readonly resource: Resource;
  /** The bucket's name in the address, empty for the service. */
  readonly bucket: string;
  readonly query: Query;
  hasHeader(name: string): boolean;
}

interface Route extends CatalogueEntry {
  readonly name: S3OperationName;
}

/** Query keys that name a sub-resource: one that an operation does not know must never be passed over in silence. */
const subresources = new Set<string>(catalogue.flatMap((entry) => entry.select.query).filter((key) => key !== 'id'));

/** Sub-resources and parameters that select only together with another key, so that alone they are a bad argument. */
const partial = new Set<string>(['uploadId', 'partNumber']);

const routes = new Map<string, Route[]>();
for (const entry of catalogue as readonly Route[]) {
  if (entry.name === 'WriteGetObjectResponse' || entry.name === 'ListDirectoryBuckets') continue; // told apart below
  const place = `${entry.method} ${entry.resource}`;
  routes.set(place, [...(routes.get(place) ?? []), entry]);
}
const weight = ({ select }: Route): number => select.query.length + select.headers.length;
for (const candidates of routes.values()) candidates.sort((a, b) => weight(b) - weight(a));

/**
 * The operation that a request means, by its name in the SDK, implemented or not.
 * Throws AccessForbidden (OPTIONS), MethodNotAllowed, InvalidArgument (two sub-resources at once).
 */
export function resolveName(request: RoutedRequest): S3OperationName {
  if (request.method === 'OPTIONS') throw new S3Error('AccessForbidden');
  const special = resolveSpecial(request);
  if (special !== undefined) return special;
  const candidates = routes.get(`${request.method} ${request.resource}`) ?? [];
  const keys = request.query.map(([key]) => key);
  const route = candidates.find((candidate) => selects(candidate, request, keys));
  if (route === undefined) throw noRoute(request);
  const stray = keys.find((key) => subresources.has(key) && !route.queries.includes(key));
  if (stray !== undefined) throw strayError(route, stray, request);
  return route.name;
}

/** Operations that no query key of their own tells apart. */
function resolveSpecial({ method, resource, bucket, query }: RoutedRequest): S3OperationName | undefined {
  if (method === 'POST' && bucket === 'WriteGetObjectResponse') return 'WriteGetObjectResponse';
  if (
    method === 'GET' &&
    resource === 'service' &&
    query.some(([k, v]) => k === 'x-id' && v === 'ListDirectoryBuckets')
  )
    return 'ListDirectoryBuckets';
  return undefined;
}

function selects({ select }: Route, request: RoutedRequest, keys: readonly string[]): boolean {
  return select.query.every((key) => keys.includes(key)) && select.headers.every((name) => request.hasHeader(name));
}

function noRoute(request: RoutedRequest): S3Error {
  if (request.method === 'POST' && request.resource === 'bucket')
    return new S3Error('NotImplemented', { message: 'Uploads by HTML form (POST Object) are not implemented.' });
  return methodNotAllowed(request);
}

function methodNotAllowed({ method, resource }: RoutedRequest): S3Error {
  return new S3Error('MethodNotAllowed', { details: { Method: method, ResourceType: resource.toUpperCase() } });
}

function strayError(route: Route, stray: string, request: RoutedRequest): S3Error {
  const own = route.select.query.find((key) => subresources.has(key));
  if (own !== undefined) {
    return new S3Error('InvalidArgument', {
      message: `Conflicting query string parameters: ${own}, ${stray}`,
      details: { ArgumentName: 'ResourceType', ArgumentValue: own },
    });
  }
  if (partial.has(stray)) {
    const missing = stray === 'uploadId' ? 'partNumber' : 'uploadId';
    return new S3Error('InvalidArgument', {
      message: `This operation does not accept ${stray} without ${missing}.`,
      details: { ArgumentName: stray, ArgumentValue: request.query.find(([key]) => key === stray)?.[1] ?? '' },
    });
  }
  return methodNotAllowed(request);
}

export type Registry = ReadonlyMap<S3OperationName, Operation>;

/** The implemented operations by name; throws when two claim one name. */
export function createRegistry(operations: readonly Operation[]): Registry {
  const registry = new Map<S3OperationName, Operation>();
  for (const operation of operations) {
    if (registry.has(operation.name)) throw new Error(`two operations are named ${operation.name}`);
    registry.set(operation.name, operation);
  }
  return registry;
}
