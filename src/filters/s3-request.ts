import type { IncomingMessage } from 'node:http';
import type { S3Request } from '../operations/operation.ts';
import type { Query } from '../s3/query.ts';

/** Node gives header bytes as latin1; S3's header text is UTF-8. */
export function utf8Header(value: string): string {
  for (let index = 0; index < value.length; index++) {
    if (value.charCodeAt(index) > 0x7f) return Buffer.from(value, 'latin1').toString('utf8');
  }
  return value;
}

/** Header names in lower case with their bytes as Node gives them, in the order of the wire. */
export function rawHeaderList(message: IncomingMessage): [name: string, value: string][] {
  const list: [string, string][] = [];
  const raw = message.rawHeaders;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    list.push([(raw[index] as string).toLowerCase(), raw[index + 1] as string]);
  }
  return list;
}

/** An operation's view of a request: headers from the raw ones, because Node joins and drops duplicates. */
export function createS3Request(
  method: string,
  rawHeaders: readonly (readonly [string, string])[],
  query: Query,
): S3Request {
  const headerList = rawHeaders.map(([name, value]) => [name, utf8Header(value)] as const);
  return {
    method,
    headerList,
    header: (name) => headerList.find((header) => header[0] === name)?.[1],
    query: (name) => query.find((pair) => pair[0] === name)?.[1],
  };
}
