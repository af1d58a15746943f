import { catalogue, type Operation, type OperationName } from '../../catalogue.ts';
import type { S3Request } from './s3-message.ts';

type Asked = Pick<S3Request, 'method' | 'bucket' | 'key' | 'param' | 'header'>;

const operations = [...catalogue.values()];
const copySource = 'x-amz-copy-source';

/** What tells an operation from the others of its method and resource: query keys, `list-type=2`, the source of a copy. */
function marksOf(operation: Operation): readonly ((asked: Asked) => boolean)[] {
  const fixed = operation.query.map((pair) => {
    const [name = '', value] = pair.split('=');
    return (asked: Asked) => (value === undefined ? asked.param(name) !== undefined : asked.param(name) === value);
  });
  const members = operation.input.flatMap(({ location, wireName = '', required }) => {
    if (!required) return [];
    if (location === 'query') return [(asked: Asked) => asked.param(wireName) !== undefined];
    return wireName === copySource ? [(asked: Asked) => asked.header(copySource) !== undefined] : [];
  });
  return [...fixed, ...members];
}

const marked = operations
  .map((operation) => ({ operation, marks: marksOf(operation) }))
  .toSorted((a, b) => b.marks.length - a.marks.length);

/** The operation that a request asks for, path style; undefined when it is none that the SDK knows. */
export function operationOf(asked: Asked): OperationName | undefined {
  const resource = asked.bucket === '' ? 'service' : asked.key === '' ? 'bucket' : 'object';
  const found = marked.find(
    ({ operation, marks }) =>
      operation.method === asked.method && operation.resource === resource && marks.every((isThere) => isThere(asked)),
  );
  return found?.operation.name;
}

/** `PutObject` -> `put-object` */
export function kebabOf(operation: OperationName): string {
  return operation.replace(/(?<=.)[A-Z]/g, '-$&').toLowerCase();
}
