import { Readable } from 'node:stream';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { addMutation, type Mutation, type SdkRequest } from './sdk-http.ts';
import type { CapturedRequest, CapturedResponse, Exchange, NoResponse } from '../engine/exchange.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A command of the SDK, reduced to what sending it needs; any `new …Command()` fits. */
export interface S3Command<Output> {
  readonly input: object;
  resolveMiddleware(stack: never, configuration: never, options: never): (args: never) => Promise<{ output: Output }>;
}

export interface SendOptions {
  readonly signal: AbortSignal;
  readonly mutation?: Mutation | undefined;
}

interface SdkResponse {
  statusCode: number;
  headers: Record<string, string>;
  body?: unknown;
}

interface Capture {
  request: CapturedRequest;
  response: CapturedResponse | undefined;
}

type Stack = S3Client['middlewareStack'];

/** The SDK warns on the console about requests that cases make on purpose. */
const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function ignore(): void {
  // Results say everything.
}

/** @param ca PEM of the authority that signed the endpoint's certificate */
export function createSdkClient(endpoint: URL, config: S3ClientConfig, ca?: string): S3Client {
  const trust = ca === undefined ? {} : { ca };
  return new S3Client({
    endpoint: endpoint.href,
    forcePathStyle: true,
    // Retries would hide a 5xx.
    maxAttempts: 1,
    disableHostPrefix: true,
    logger: silent,
    requestHandler: {
      connectionTimeout: 5_000,
      httpAgent: { maxSockets: 200 },
      httpsAgent: { maxSockets: 200, ...trust },
    },
    ...config,
  });
}

/** Sends a command and keeps what went out and what came back, whether the SDK could read it or not. */
export async function sendCaptured<Output>(
  client: S3Client,
  command: S3Command<Output>,
  options: SendOptions,
): Promise<Exchange<Output>> {
  const capture: Capture = { request: { method: '', target: '', headers: {} }, response: undefined };
  const { middlewareStack } = command as unknown as { middlewareStack: Stack };
  addCapture(middlewareStack, capture);
  if (options.mutation !== undefined) addMutation(middlewareStack, options.mutation);
  try {
    const output = (await client.send(command as never, { abortSignal: options.signal })) as Output;
    return { ...capture, noResponse: undefined, output, error: undefined };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    if (capture.request.method === '') throw error; // never left the client: the case's own mistake
    const noResponse = capture.response === undefined ? reasonFor(options.signal) : undefined;
    return { ...capture, noResponse, output: undefined, error };
  }
}

function reasonFor(signal: AbortSignal): NoResponse {
  return signal.aborted ? 'timeout' : 'connection';
}

function addCapture(stack: Stack, capture: Capture): void {
  stack.add(
    (next) => async (args) => {
      capture.request = capturedRequest((args as unknown as { request: SdkRequest }).request);
      const result = await next(args);
      const response = result.response as SdkResponse;
      const body = await collect(response.body);
      capture.response = { status: response.statusCode, headers: { ...response.headers }, body };
      response.body = streamOf(body);
      return result;
    },
    // Low priority in the last step: innermost, it sees the bytes before the SDK does.
    { step: 'deserialize', priority: 'low', name: 'conformanceCapture', override: true },
  );
}

function capturedRequest(request: SdkRequest): CapturedRequest {
  const query = Object.entries(request.query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map(
      (one) => `${name}${one === null ? '' : `=${encodeURIComponent(one)}`}`,
    ),
  );
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const target = query.length === 0 ? request.path : `${request.path}?${query.join('&')}`;
  const { body } = request;
  return {
    method: request.method,
    target,
    headers,
    body: typeof body === 'string' || body instanceof Uint8Array ? body : undefined,
  };
}

async function collect(body: unknown): Promise<Buffer> {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (body instanceof Uint8Array) return Buffer.from(body);
  if (typeof body === 'string') return Buffer.from(body);
  const pieces: Buffer[] = [];
  for await (const piece of body as AsyncIterable<Uint8Array>) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

function streamOf(body: Buffer): Readable {
  return new Readable({
    read() {
      if (body.length > 0) this.push(body);
      this.push(null);
    },
  });
}
