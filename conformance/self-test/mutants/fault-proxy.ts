import { Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Credentials } from '../../transports/sdk.ts';
import { canonicalQuery, type HeaderPair, type QueryPair } from '../../transports/sigv4.ts';
import { startServer, type RunningServer } from '../null-servers.ts';
import { decodeAwsChunked } from './decode-aws-chunked.ts';
import type { Around } from './mutant.ts';
import { S3Request, S3Response } from './s3-message.ts';
import { signAgain } from './sign-again.ts';

export interface FaultProxyOptions {
  /** The sound server behind it. */
  readonly upstream: URL;
  /** Whose requests it can sign anew. */
  readonly users: readonly Credentials[];
  readonly region: string;
  /** The defect: what happens to each request and its response. */
  readonly around: Around;
}

/** What goes over the wire to the server behind. */
interface Sent {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly HeaderPair[];
  readonly body: Buffer;
  readonly isCutOff: boolean;
}

/**
 * A server with a defect: a sound one behind a proxy. A request that the defect does not touch goes on byte by byte, wrong
 * signatures and broken framing included.
 */
export async function startFaultProxy(options: FaultProxyOptions): Promise<RunningServer> {
  const agent = new Agent({ keepAlive: true });
  const leavings: Leavings = new WeakMap();
  const relay = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const sent = await received(incoming, leavings);
    const request = requestFrom(sent);
    const send = async (one: S3Request): Promise<S3Response> => {
      if (one.isCutOff) throw new Error('the client left');
      return exchange(options.upstream, one === request ? sent : again(one, options), agent);
    };
    answer(response, await options.around(request, send));
  };
  const listener = (incoming: IncomingMessage, response: ServerResponse): void => {
    // The suite may leave in the middle; the server behind may close.
    relay(incoming, response).catch(() => incoming.socket.destroy());
  };
  const server = await startServer(listener, (error: Broken, socket) => {
    if (error.rawPacket !== undefined) passOn(options.upstream, error.rawPacket, socket);
    else (leavings.get(socket) ?? (() => socket.destroy()))();
  });
  const close = async (): Promise<void> => {
    agent.destroy();
    await server.close();
  };
  return { endpoint: server.endpoint, close };
}

/** Told when the client ends its side of the connection in the middle of a request. */
type Leavings = WeakMap<Duplex, () => void>;

async function received(incoming: IncomingMessage, leavings: Leavings): Promise<Sent> {
  const pieces: Buffer[] = [];
  const isWhole = await new Promise<boolean>((resolve) => {
    leavings.set(incoming.socket, () => resolve(false));
    incoming.on('data', (piece: Buffer) => pieces.push(piece));
    incoming.on('end', () => resolve(true));
    incoming.on('error', () => resolve(false));
  });
  leavings.delete(incoming.socket);
  const { method = 'GET', url: target = '/' } = incoming;
  return { method, target, headers: pairsOf(incoming.rawHeaders), body: Buffer.concat(pieces), isCutOff: !isWhole };
}

function pairsOf(raw: readonly string[]): HeaderPair[] {
  return raw.flatMap((name, index): HeaderPair[] => (index % 2 === 0 ? [[name, raw[index + 1] ?? '']] : []));
}

function requestFrom(sent: Sent): S3Request {
  const [path = '/', ...rest] = sent.target.split('?');
  const isFramed = sent.headers.some(([name, value]) => /content-sha256/i.test(name) && value.startsWith('STREAMING-'));
  const { payload, trailers } = isFramed ? decodeAwsChunked(sent.body) : { payload: sent.body, trailers: [] };
  const headers = [...sent.headers, ...trailers];
  const parts = { method: sent.method, path, query: queryIn(rest.join('?')), headers, body: payload };
  return new S3Request(parts, sent.isCutOff);
}

function queryIn(text: string): QueryPair[] {
  const decoded = (part: string): string => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  };
  const pairs = text.split('&').filter((pair) => pair !== '');
  return pairs.map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return [decoded(name), decoded(value.join('='))];
  });
}

function again(request: S3Request, { users, region }: FaultProxyOptions): Sent {
  const { method, path, query, headers, body } = signAgain(request, users, region);
  return {
    method,
    target: query.length === 0 ? path : `${path}?${canonicalQuery(query)}`,
    headers,
    body,
    isCutOff: false,
  };
}

function exchange(upstream: URL, sent: Sent, agent: Agent): Promise<S3Response> {
  const { hostname: host, port } = upstream;
  const { method, target: path, body } = sent;
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({ host, port, method, path, agent, setHost: false }, (response) => {
      collected(response).then(resolve, reject);
    });
    // Node would tell a length that the client did not.
    outgoing.useChunkedEncodingByDefault = sent.headers.some(([name]) =>
      /^(content-length|transfer-encoding)$/i.test(name),
    );
    for (const [name, values] of grouped(sent.headers)) outgoing.setHeader(name, values);
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function grouped(headers: readonly HeaderPair[]): Map<string, string[]> {
  const byName = new Map<string, string[]>();
  for (const [name, value] of headers) byName.set(name, [...(byName.get(name) ?? []), value]);
  return byName;
}

async function collected(response: IncomingMessage): Promise<S3Response> {
  const pieces: Buffer[] = [];
  for await (const piece of response) pieces.push(piece as Buffer);
  const headers = pairsOf(response.rawHeaders);
  return new S3Response({ status: response.statusCode ?? 0, headers, body: Buffer.concat(pieces) });
}

function answer(response: ServerResponse, { status, headers, body }: S3Response): void {
  response.sendDate = false;
  response.writeHead(status, headers.flat());
  response.end(body);
}

type Broken = Error & { readonly rawPacket?: Buffer };

/** What is no HTTP to this proxy is the server's to answer. */
function passOn(upstream: URL, bytes: Buffer, socket: Duplex): void {
  const onward = connect(Number(upstream.port), upstream.hostname);
  onward.on('error', () => socket.destroy());
  socket.on('error', () => onward.destroy());
  onward.write(bytes);
  onward.pipe(socket);
}
