import { catalogue, type OperationName } from '../catalogue.ts';

export type Area = 'service' | 'bucket' | 'listing' | 'object' | 'multipart' | 'tagging' | 'acl' | 'configuration';

const named: readonly (readonly [RegExp, Area])[] = [
  [/Multipart|^UploadPart|^ListParts$/, 'multipart'],
  [/Tagging$/, 'tagging'],
  [/Acl$/, 'acl'],
  [/^ListObject(?:s|sV2|Versions)$/, 'listing'],
  [/^DeleteObjects$|^GetBucketLocation$/, 'bucket'],
];

/** The area an operation belongs to, as the folders of cases/ have it. */
export function areaOf(operation: string): Area {
  const byName = named.find(([pattern]) => pattern.test(operation))?.[1];
  if (byName !== undefined) return byName;
  const known = catalogue.get(operation as OperationName);
  if (known === undefined || known.resource === 'service') return 'service';
  if (known.resource === 'object') return 'object';
  return known.query.length === 0 ? 'bucket' : 'configuration';
}
