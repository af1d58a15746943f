import { createHash, createHmac } from 'node:crypto';
import type { Credentials } from './sdk.ts';

export type HeaderPair = readonly [name: string, value: string];
/** Decoded name and value; an absent value is written `name=` in the canonical form. */
export type QueryPair = readonly [name: string, value: string];

/** Where a case may break the signature; each hook gets the right text and returns what is used instead. */
export interface SigningFaults {
  readonly canonicalRequest?: (text: string) => string;
  readonly stringToSign?: (text: string) => string;
  readonly signature?: (hex: string) => string;
  /** The finished Authorization header. */
  readonly authorization?: (value: string) => string;
  /** Credential scope, `date/region/service/aws4_request`. */
  readonly scope?: (scope: string) => string;
}

export interface SigningInput {
  readonly method: string;
  /** As sent on the request line, already percent-encoded, without the query. */
  readonly path: string;
  readonly query: readonly QueryPair[];
  readonly headers: readonly HeaderPair[];
  /** Hex SHA-256 of the payload, or one of the literal values. */
  readonly payloadHash: string;
  readonly credentials: Credentials;
  readonly region: string;
  readonly service?: string;
  readonly date: Date;
  /** Which of `headers` are signed; default all. */
  readonly isSigned?: (lowerCaseName: string) => boolean;
  readonly faults?: SigningFaults | undefined;
}

/** What later signatures of the same request (awsChunks, trailer) are chained to. */
export interface Signing {
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  readonly signature: string;
  readonly signedHeaders: string;
  readonly scope: string;
  /** `YYYYMMDDTHHMMSSZ` */
  readonly timestamp: string;
  readonly key: Buffer;
}

const algorithm = 'AWS4-HMAC-SHA256';

export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

export function hmac(key: string | Uint8Array, data: string): Buffer {
  return createHmac('sha256', key).update(data, 'utf8').digest();
}

/** RFC 3986 encoding as SigV4 wants it: all but A-Z a-z 0-9 - . _ ~ */
export function encodeStrict(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Percent-encodes an object key for the request line, keeping its slashes. */
export function encodeKey(key: string): string {
  return key.split('/').map(encodeStrict).join('/');
}

export function timestampOf(date: Date): string {
  return `${date.toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;
}

export function signingKey(secretAccessKey: string, day: string, region: string, service: string): Buffer {
  return hmac(hmac(hmac(hmac(`AWS4${secretAccessKey}`, day), region), service), 'aws4_request');
}

export function canonicalQuery(query: readonly QueryPair[]): string {
  const encoded = query.map(([name, value]) => [encodeStrict(name), encodeStrict(value)] as const);
  const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const sorted = encoded.toSorted((a, b) => byCode(a[0], b[0]) || byCode(a[1], b[1]));
  return sorted.map(([name, value]) => `${name}=${value}`).join('&');
}

function canonicalHeaders(headers: readonly HeaderPair[]): { text: string; names: string } {
  const values = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const list = values.get(name.toLowerCase()) ?? [];
    list.push(value.trim().replace(/ +/g, ' '));
    values.set(name.toLowerCase(), list);
  }
  const names = [...values.keys()].sort();
  const lines = names.map((name) => `${name}:${(values.get(name) ?? []).join(',')}\n`);
  return { text: lines.join(''), names: names.join(';') };
}

/**
 * Computes a request's signature (AWS Signature Version 4 for S3: the path is encoded once).
 * Adds nothing to the headers: `x-amz-date` and `x-amz-content-sha256` must be among them already.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function sign(input: SigningInput): Signing {
  const { faults = {}, service = 's3' } = input;
  const timestamp = timestampOf(input.date);
  const day = timestamp.slice(0, 8);
  const headers = input.headers.filter(([name]) => input.isSigned?.(name.toLowerCase()) ?? true);
  const { text, names } = canonicalHeaders(headers);
  const parts = [input.method, input.path, canonicalQuery(input.query), text, names, input.payloadHash];
  const canonical = parts.join('\n');
  const canonicalRequest = faults.canonicalRequest?.(canonical) ?? canonical;
  const plainScope = `${day}/${input.region}/${service}/aws4_request`;
  const scope = faults.scope?.(plainScope) ?? plainScope;
  const plain = [algorithm, timestamp, scope, sha256Hex(canonicalRequest)].join('\n');
  const stringToSign = faults.stringToSign?.(plain) ?? plain;
  const key = signingKey(input.credentials.secretAccessKey, day, input.region, service);
  const right = hmac(key, stringToSign).toString('hex');
  const signature = faults.signature?.(right) ?? right;
  return { canonicalRequest, stringToSign, signature, signedHeaders: names, scope, timestamp, key };
}

export function authorizationHeader(input: SigningInput, signing: Signing): string {
  const credential = `${input.credentials.accessKeyId}/${signing.scope}`;
  const value = `${algorithm} Credential=${credential}, SignedHeaders=${signing.signedHeaders}, Signature=${signing.signature}`;
  return input.faults?.authorization?.(value) ?? value;
}

export interface PresignInput extends Omit<SigningInput, 'payloadHash'> {
  readonly expiresSeconds: number;
  readonly payloadHash?: string;
}

/** The query of a presigned URL, `X-Amz-Signature` last. `headers` must hold what the request will send and sign: at least host. */
export function presignQuery(input: PresignInput): QueryPair[] {
  const timestamp = timestampOf(input.date);
  const plainScope = `${timestamp.slice(0, 8)}/${input.region}/${input.service ?? 's3'}/aws4_request`;
  const scope = input.faults?.scope?.(plainScope) ?? plainScope;
  const signed = input.headers.map(([name]) => name.toLowerCase()).filter((name) => input.isSigned?.(name) ?? true);
  const token = input.credentials.sessionToken;
  const query: QueryPair[] = [
    ...input.query,
    ['X-Amz-Algorithm', algorithm],
    ['X-Amz-Credential', `${input.credentials.accessKeyId}/${scope}`],
    ['X-Amz-Date', timestamp],
    ['X-Amz-Expires', String(input.expiresSeconds)],
    ['X-Amz-SignedHeaders', [...new Set(signed)].sort().join(';')],
    ...(token === undefined ? [] : [['X-Amz-Security-Token', token] as const]),
  ];
  const { signature } = sign({ ...input, query, payloadHash: input.payloadHash ?? 'UNSIGNED-PAYLOAD' });
  return [...query, ['X-Amz-Signature', signature]];
}
