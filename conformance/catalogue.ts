import * as sdk from '@aws-sdk/client-s3';

type Exports = typeof sdk;
type CommandName = Exclude<keyof Exports & `${string}Command`, '$Command'>;

/** Every operation name the SDK in use has a command for, checked by the compiler in `defineCase`. */
export type OperationName = CommandName extends infer Name
  ? Name extends `${infer Operation}Command`
    ? Operation
    : never
  : never;

/** Where an input member travels, as the SDK's schema says it. */
export interface Member {
  readonly name: string;
  readonly location: 'header' | 'query' | 'payload' | 'prefix-headers' | 'label' | 'body';
  /** Header or query name on the wire; undefined for the others. */
  readonly wireName: string | undefined;
  readonly required: boolean;
}

export interface Operation {
  readonly name: OperationName;
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'HEAD';
  readonly resource: 'service' | 'bucket' | 'object';
  /** Fixed query keys that name the sub-resource, `x-id` left out. */
  readonly query: readonly string[];
  readonly successStatus: number;
  readonly input: readonly Member[];
  readonly output: readonly Member[];
}

/** `[kind, namespace, name, traits, memberNames, memberSchemas, requiredCount]` of a structure. */
type StructureSchema = readonly [number, string, string, unknown, readonly string[], readonly unknown[], number?];
/** `[9, namespace, name, traits, input, output]` of an operation. */
type OperationSchema = readonly [
  number,
  string,
  string,
  { readonly http: readonly [string, string, number] },
  unknown,
  unknown,
];

/** Bits of a member's traits when the schema packs them into a number. */
const httpLabel = 1;
const httpPayload = 16;

function locationOf(traits: unknown): Pick<Member, 'location' | 'wireName'> {
  if (typeof traits === 'number') {
    const location = (traits & httpLabel) !== 0 ? 'label' : (traits & httpPayload) !== 0 ? 'payload' : 'body';
    return { location, wireName: undefined };
  }
  if (typeof traits !== 'object' || traits === null) return { location: 'body', wireName: undefined };
  const known = traits as Record<string, unknown>;
  if (typeof known['httpHeader'] === 'string') return { location: 'header', wireName: known['httpHeader'] };
  if (typeof known['httpQuery'] === 'string') return { location: 'query', wireName: known['httpQuery'] };
  if (known['httpPrefixHeaders'] !== undefined) return { location: 'prefix-headers', wireName: undefined };
  if (known['httpPayload'] !== undefined) return { location: 'payload', wireName: undefined };
  return { location: 'body', wireName: undefined };
}

function membersOf(reference: unknown): Member[] {
  const schema = typeof reference === 'function' ? (reference as () => unknown)() : reference;
  if (!Array.isArray(schema) || !Array.isArray(schema[4])) return [];
  const [, , , , names, members, requiredCount = 0] = schema as unknown as StructureSchema;
  return names.map((name, index) => {
    const member = members[index];
    const traits: unknown = Array.isArray(member) ? (member as readonly unknown[])[1] : 0;
    return { name, ...locationOf(traits), required: index < requiredCount };
  });
}

function resourceOf(path: string, input: readonly Member[]): Operation['resource'] {
  if (path.startsWith('/{Key+}')) return 'object';
  return input.some((member) => member.name === 'Bucket') ? 'bucket' : 'service';
}

function readOperation(name: OperationName): Operation | undefined {
  const schema = (sdk as unknown as Record<string, OperationSchema | undefined>)[`${name}$`];
  if (schema === undefined) return undefined;
  const [method, target, successStatus] = schema[3].http;
  const [path = '/', queryText = ''] = target.split('?');
  const input = membersOf(schema[4]);
  const query = queryText.split('&').filter((pair) => pair !== '' && !pair.startsWith('x-id='));
  const resource = resourceOf(path, input);
  return {
    name,
    method: method as Operation['method'],
    resource,
    query,
    successStatus,
    input,
    output: membersOf(schema[5]),
  };
}

function readCatalogue(): ReadonlyMap<OperationName, Operation> {
  const names = Object.keys(sdk)
    .filter((key): key is CommandName => /^[A-Z]\w*Command$/.test(key))
    .map((key) => key.slice(0, -'Command'.length) as OperationName)
    .sort();
  const entries = names.map((name) => [name, readOperation(name)] as const);
  return new Map(entries.filter((entry): entry is [OperationName, Operation] => entry[1] !== undefined));
}

/** All operations of the SDK that is installed, by name, in alphabetical order. */
export const catalogue = readCatalogue();

/** @throws Error when the SDK in use does not know the operation. */
export function operationNamed(name: OperationName): Operation {
  const operation = catalogue.get(name);
  if (operation === undefined) throw new Error(`The SDK in use knows no operation ${name}`);
  return operation;
}
