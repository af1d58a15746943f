import { catalogue, type Operation, type OperationName } from '../catalogue.ts';
import type { RawRequest } from '../transports/raw.ts';

/** What a case reads of the answer to one subject. */
export interface AnswerRecord {
  /** The same output, of which every member that is read is noted. */
  watched<Output>(output: Output): Output;
  /** Notes the member that travels in this header. */
  header(name: string): void;
  /** Notes the member that is the body. */
  body(): void;
}

/** Members of the SDK's model, as `Operation.Member`: those that subjects carried, and those of answers that were read. */
export class MemberRecord {
  readonly #sent = new Set<string>();
  readonly #asserted = new Set<string>();

  get sent(): readonly string[] {
    return [...this.#sent].sort();
  }

  get asserted(): readonly string[] {
    return [...this.#asserted].sort();
  }

  /** @param input the input of a command of the SDK */
  carried(name: OperationName, input: object): void {
    for (const [member, value] of Object.entries(input)) {
      if (value !== undefined) this.#sent.add(`${name}.${member}`);
    }
  }

  /** A raw request is one of the operation when the method is its own: its headers and query then name members. */
  carriedRaw(name: OperationName, request: RawRequest): void {
    const operation = catalogue.get(name);
    if (operation?.method !== request.method) return;
    for (const { name: member, location, wireName = '' } of operation.input) {
      if (location === 'header' && (request.headers ?? []).some(([one]) => isSameHeader(one, wireName)))
        this.#sent.add(`${name}.${member}`);
      if (location === 'query' && queryNames(request.query).includes(wireName)) this.#sent.add(`${name}.${member}`);
    }
  }

  answerOf(name: OperationName | undefined): AnswerRecord {
    const operation = name === undefined ? undefined : catalogue.get(name);
    const note = (find: (member: Operation['output'][number]) => boolean): void => {
      for (const member of operation?.output.filter(find) ?? []) this.#asserted.add(`${name ?? ''}.${member.name}`);
    };
    return {
      watched: (output) => {
        if (typeof output !== 'object' || output === null) return output;
        return new Proxy(output, {
          get: (target, property) => {
            note((member) => member.name === property);
            return Reflect.get(target, property) as unknown;
          },
        });
      },
      header: (header) => {
        note(({ location, wireName = '' }) => location === 'header' && isSameHeader(header, wireName));
      },
      body: () => {
        note(({ location }) => location === 'payload');
      },
    };
  }
}

function isSameHeader(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function queryNames(query: RawRequest['query']): string[] {
  if (query === undefined) return [];
  if (typeof query === 'string') return query.split('&').map((pair) => pair.split('=')[0] ?? '');
  return query.map(([name]) => name);
}
