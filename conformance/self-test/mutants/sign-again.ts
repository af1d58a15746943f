import type { Credentials } from '../../transports/sdk.ts';
import { authorizationHeader, sha256Hex, sign, timestampOf, type HeaderPair } from '../../transports/sigv4.ts';
import type { S3Request } from './s3-message.ts';

/** Whom a request says it is from, whichever way it is signed. */
function accessKeyOf(request: S3Request): string | undefined {
  const text = request.header('authorization') ?? request.param('X-Amz-Credential');
  return text === undefined ? undefined : /^(?:.*Credential=)?([^/]+)\//.exec(text)?.[1];
}

const ofTheOldSignature =
  /^(authorization|x-amz-date|date|x-amz-content-sha256|content-length|transfer-encoding|expect|x-amz-decoded-content-length|x-amz-trailer|connection)$/i;

function withoutFraming(headers: readonly HeaderPair[]): HeaderPair[] {
  return headers.flatMap(([name, value]): HeaderPair[] => {
    if (ofTheOldSignature.test(name)) return [];
    if (name.toLowerCase() !== 'content-encoding') return [[name, value]];
    const codings = value.split(',').filter((coding) => coding.trim() !== 'aws-chunked');
    return codings.length === 0 ? [] : [[name, codings.join(',').trim()]];
  });
}

/**
 * Signs a request by header for who sent it, with the right secret and for what is in it now, so that the gateway takes what it
 * would have refused. One from nobody it knows stays unsigned.
 */
export function signAgain(request: S3Request, users: readonly Credentials[], region: string): S3Request {
  const user = users.find(({ accessKeyId }) => accessKeyId === accessKeyOf(request));
  const date = new Date();
  const payloadHash = sha256Hex(request.body);
  const length: HeaderPair = ['content-length', String(request.body.length)];
  const query = request.query.filter(([name]) => !/^X-Amz-(?!Meta)/.test(name));
  const plain = request.with({ query, headers: [...withoutFraming(request.headers), length] });
  if (user === undefined) return plain;
  const stamps: HeaderPair[] = [
    ['x-amz-date', timestampOf(date)],
    ['x-amz-content-sha256', payloadHash],
  ];
  const { method, path } = plain;
  const headers = [...plain.headers, ...stamps];
  const input = { method, path, query, headers, payloadHash, credentials: user, region, date };
  return plain.with({ headers: [...headers, ['authorization', authorizationHeader(input, sign(input))]] });
}
