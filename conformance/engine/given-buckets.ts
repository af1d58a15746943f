import { catalogue, type OperationName } from '../catalogue.ts';
import { CaseSkipped } from './failure.ts';
import type { RawAddress } from './raw-address.ts';

/** Whether an operation changes a bucket as such, rather than what is in it. */
export function changesBucket(name: OperationName): boolean {
  const operation = catalogue.get(name);
  if (operation?.resource !== 'bucket' || name === 'DeleteObjects') return false;
  return ['PUT', 'DELETE', 'POST'].includes(operation.method);
}

/** The same of a request on the wire; one that names no key counts, unless it deletes objects. */
export function rawChangesBucket(method: string, { key }: RawAddress, query: string): boolean {
  if (!['PUT', 'DELETE', 'POST'].includes(method.toUpperCase())) return false;
  const isBulkDelete = method.toUpperCase() === 'POST' && /(?:^|&)delete(?:=|&|$)/.test(query);
  return key === '' && !isBulkDelete;
}

/** @returns never: with given buckets, none is made, removed or changed */
export function refuseBucketChange(what: string): never {
  throw new CaseSkipped(`bucket.create: ${what} is not sent to given buckets`);
}
