import { decodePercent, encodeQueryText } from './percent-encoding.ts';

export interface QueryParameter {
  /** Decoded, one character per byte. */
  readonly name: string;
  readonly value: string;
}

const none: readonly QueryParameter[] = [];

/** In the order of the request line. A parameter without `=` has an empty value. */
export function parseQuery(rawQuery: string): readonly QueryParameter[] {
  if (rawQuery === '') return none;
  const parameters: QueryParameter[] = [];
  for (const pair of rawQuery.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = equals < 0 ? pair : pair.slice(0, equals);
    const value = equals < 0 ? '' : pair.slice(equals + 1);
    parameters.push({ name: decodePercent(name, true), value: decodePercent(value, true) });
  }
  return parameters;
}

function compare(a: readonly [string, string], b: readonly [string, string]): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
  if (a[1] !== b[1]) return a[1] < b[1] ? -1 : 1;
  return 0;
}

/** The query as Signature V4 signs it: encoded in one spelling, sorted by encoded bytes, X-Amz-Signature left out. */
export function canonicalQuery(parameters: readonly QueryParameter[]): string {
  const encoded: [string, string][] = [];
  for (const { name, value } of parameters) {
    if (name !== 'X-Amz-Signature') encoded.push([encodeQueryText(name), encodeQueryText(value)]);
  }
  if (encoded.length > 1) encoded.sort(compare);
  return encoded.map(([name, value]) => `${name}=${value}`).join('&');
}
