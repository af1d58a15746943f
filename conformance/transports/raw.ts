import type { Exchange } from '../engine/exchange.ts';
import { awsChunkedForms, awsChunkedLength, encodeAwsChunked, type AwsChunkedOptions } from './aws-chunked.ts';
import type { RawResponse } from './http-response.ts';
import { converse, type SocketOutcome, type SocketStep } from './raw-socket.ts';
import type { Credentials } from './sdk.ts';
import {
  authorizationHeader,
  canonicalQuery,
  sha256Hex,
  sign,
  timestampOf,
  type HeaderPair,
  type QueryPair,
  type SigningFaults,
  type SigningInput,
} from './sigv4.ts';

export interface RawRequest {
  readonly method: string;
  /** As it goes on the request line, percent-encoded, without the query: see `t.path`. */
  readonly path: string;
  /** Decoded pairs; a string is sent as it stands and still signed right. */
  readonly query?: readonly QueryPair[] | string;
  readonly headers?: readonly HeaderPair[];
  readonly body?: string | Uint8Array;
  /** `signed`: hash of the body; `unsigned`: UNSIGNED-PAYLOAD; anything else goes into x-amz-content-sha256 as it stands. */
  readonly payload?: 'signed' | 'unsigned' | (string & {});
  /** Frames the body as aws-chunked; sets content-encoding, x-amz-decoded-content-length and x-amz-trailer. */
  readonly awsChunked?: AwsChunkedOptions;
  /** How the body's end is told: default `length`. `none`: no Content-Length, nothing. */
  readonly framing?: 'length' | 'chunked' | 'none';
  /** false: no Authorization header at all. */
  readonly sign?: false | RawSigning;
  readonly httpVersion?: '1.0' | '1.1';
  /** Replaces the steps of sending, for timing and half-sent requests. Default: head and body at once. */
  readonly steps?: (head: string, body: Buffer) => readonly SocketStep[];
}

export interface RawSigning {
  readonly credentials?: Credentials;
  readonly region?: string;
  readonly service?: string;
  /** Moves the signature's date, milliseconds. */
  readonly dateOffsetMs?: number;
  readonly date?: Date;
  readonly isSigned?: (lowerCaseName: string) => boolean;
  readonly faults?: SigningFaults;
}

export interface RawDefaults {
  readonly endpoint: URL;
  readonly credentials: Credentials;
  readonly region: string;
  readonly signal: AbortSignal;
  /** PEM of the authority that signed the endpoint's certificate. */
  readonly ca?: string | undefined;
}

export interface RawExchange extends Exchange<undefined> {
  /** The final response with its headers as received. */
  readonly raw: RawResponse | undefined;
  readonly socket: SocketOutcome;
}

function parseQuery(query: RawRequest['query']): QueryPair[] {
  if (query === undefined || query === '') return [];
  if (typeof query !== 'string') return [...query];
  return query.split('&').map((pair) => {
    const equals = pair.indexOf('=');
    const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
    return [decodeURIComponent(name), decodeURIComponent(value)];
  });
}

function queryText(query: RawRequest['query']): string {
  if (query === undefined || query.length === 0) return '';
  return `?${typeof query === 'string' ? query : canonicalQuery(query)}`;
}

function has(headers: readonly HeaderPair[], name: string): boolean {
  return headers.some(([one]) => one.toLowerCase() === name);
}

function payloadHashOf(request: RawRequest, payload: Buffer): string {
  if (request.awsChunked !== undefined && request.payload === undefined)
    return awsChunkedForms[request.awsChunked.form];
  if (request.payload === 'unsigned') return 'UNSIGNED-PAYLOAD';
  if (request.payload === undefined || request.payload === 'signed') return sha256Hex(payload);
  return request.payload;
}

function bodyHeaders(request: RawRequest, payload: Buffer): HeaderPair[] {
  const { awsChunked } = request;
  const headers: HeaderPair[] = [];
  if (awsChunked !== undefined) {
    headers.push(['content-encoding', 'aws-chunked'], ['x-amz-decoded-content-length', String(payload.length)]);
    const trailers = (awsChunked.trailers ?? []).map(([name]) => name.toLowerCase());
    if (trailers.length > 0) headers.push(['x-amz-trailer', trailers.join(',')]);
  }
  const framing = request.framing ?? 'length';
  if (framing === 'chunked') headers.push(['transfer-encoding', 'chunked']);
  const needsLength = request.body !== undefined || request.method === 'PUT' || request.method === 'POST';
  if (framing === 'length' && needsLength) {
    const length = awsChunked === undefined ? payload.length : awsChunkedLength(payload, awsChunked);
    headers.push(['content-length', String(length)]);
  }
  return headers;
}

function asTransferChunks(body: Buffer): Buffer {
  const data = body.length === 0 ? [] : [Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')];
  return Buffer.concat([...data, Buffer.from('0\r\n\r\n')]);
}

interface Built {
  readonly head: string;
  readonly body: Buffer;
  readonly headers: readonly HeaderPair[];
}

/** Headers made here; own ones of the same name win, so that a case can break `host`, `x-amz-date` or `content-length`. */
function headersOf(request: RawRequest, signing: RawSigning | undefined, made: readonly HeaderPair[]): HeaderPair[] {
  const given = request.headers ?? [];
  const token = signing?.credentials?.sessionToken;
  const all: HeaderPair[] = token === undefined ? [...made] : [...made, ['x-amz-security-token', token]];
  return [...all.filter(([name]) => !has(given, name)), ...given];
}

/** Hop-by-hop headers, which change on the way. */
const unsignedByDefault = ['connection', 'transfer-encoding', 'expect'];

function signingInput(
  request: RawRequest,
  defaults: RawDefaults,
  signing: RawSigning,
  rest: Pick<SigningInput, 'headers' | 'payloadHash' | 'date'>,
): SigningInput {
  return {
    ...rest,
    method: request.method,
    path: request.path,
    query: parseQuery(request.query),
    credentials: signing.credentials ?? defaults.credentials,
    region: signing.region ?? defaults.region,
    service: signing.service ?? 's3',
    isSigned: signing.isSigned ?? ((name) => !unsignedByDefault.includes(name)),
    faults: signing.faults,
  };
}

function dateOf(signing: RawSigning | undefined): Date {
  return signing?.date ?? new Date(Date.now() + (signing?.dateOffsetMs ?? 0));
}

function build(request: RawRequest, defaults: RawDefaults): Built {
  const payload = Buffer.from((request.body ?? '') as string);
  const signing = request.sign === false ? undefined : (request.sign ?? {});
  const date = dateOf(signing);
  const payloadHash = payloadHashOf(request, payload);
  const made: HeaderPair[] = [['host', defaults.endpoint.host], ...bodyHeaders(request, payload)];
  if (signing !== undefined) made.push(['x-amz-date', timestampOf(date)], ['x-amz-content-sha256', payloadHash]);
  const headers = headersOf(request, signing, made);
  const input = signingInput(request, defaults, signing ?? {}, { headers: [...headers], payloadHash, date });
  const signed = sign(input);
  if (signing !== undefined && !has(headers, 'authorization')) {
    headers.push(['authorization', authorizationHeader(input, signed)]);
  }
  const framed = request.awsChunked === undefined ? payload : encodeAwsChunked(payload, signed, request.awsChunked);
  const body = request.framing === 'chunked' ? asTransferChunks(framed) : framed;
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`);
  const version = request.httpVersion ?? '1.1';
  const head = `${request.method} ${request.path}${queryText(request.query)} HTTP/${version}\r\n${lines.join('')}\r\n`;
  return { head, body, headers };
}

/** Signs and sends one request over a connection of its own. */
export async function sendRaw(request: RawRequest, defaults: RawDefaults): Promise<RawExchange> {
  const { head, body, headers } = build(request, defaults);
  const steps = request.steps?.(head, body) ?? [{ send: Buffer.concat([Buffer.from(head, 'utf8'), body]) }];
  const socket = await converse(defaults.endpoint, {
    steps,
    methods: [request.method],
    signal: defaults.signal,
    ca: defaults.ca,
  });
  const raw = socket.responses.find((response) => response.status >= 200);
  return {
    request: {
      method: request.method,
      target: `${request.path}${queryText(request.query)}`,
      headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
      body,
    },
    response: raw === undefined ? undefined : { status: raw.status, headers: raw.headers, body: raw.body },
    noResponse: raw !== undefined ? undefined : defaults.signal.aborted ? 'timeout' : 'connection',
    output: undefined,
    error: socket.error,
    raw,
    socket,
  };
}
