import { connect } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import Koa from 'koa';
import { S3Error } from '../errors/s3-error.ts';
import { createS3Server, type S3Server } from '../server.ts';
import { errorDocument } from './error-document.ts';
import type { GatewayLog } from './log.ts';
import { overload } from './overload.ts';
import { requestBytes } from './request-bytes.ts';
import { requestId } from './request-id.ts';
import { respond } from './respond.ts';
import type { Filter, RequestState } from './state.ts';

const errors: object[] = [];
const log: GatewayLog = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (fields) => errors.push(fields),
};

let server: S3Server | undefined;
afterEach(async () => {
  await server?.close(0);
  server = undefined;
  errors.length = 0;
});

async function serve(...filters: Filter[]): Promise<number> {
  const app = new Koa<RequestState>();
  app.use((ctx, next) => {
    ctx.respond = false;
    return next();
  });
  app.use(requestId());
  app.use(errorDocument(log, 200));
  for (const filter of filters) app.use(filter);
  server = createS3Server(app, { maxHeaderBytes: 4096, headersTimeoutMs: 300, keepAliveTimeoutMs: 1000 });
  return (await server.listen({ host: '127.0.0.1', port: 0 })).port;
}

/** Writes text to a raw socket and reads until the server closes. */
function exchange(port: number, text: string, timeoutMs = 5_000): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    const timer = setTimeout(() => {
      socket.destroy(new Error(`no close within ${String(timeoutMs)} ms; got ${answer}`));
    }, timeoutMs);
    socket.setEncoding('latin1');
    socket.on('readable', () => {
      answer += String(socket.read() ?? '');
    });
    socket.on('error', reject);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(answer);
    });
  });
}

const failing =
  (error: unknown): Filter =>
  () => {
    throw error;
  };

const readingAll: Filter = async (ctx) => {
  let bytes = 0;
  const options = { idleTimeoutMs: 200, beforeFirstRead: () => undefined, onBytes: (n: number) => (bytes += n) };
  for await (const chunk of requestBytes(ctx.req, options)) expect(chunk.length).toBeGreaterThan(0);
  await respond(
    ctx,
    { status: 200, headers: { 'x-bytes': String(bytes) } },
    { idleTimeoutMs: 200, onBytes: () => undefined },
  );
};

describe('the filter chain', () => {
  it('answers an S3Error with its document and request id', async () => {
    const port = await serve(failing(new S3Error('InvalidRange', { details: { RangeRequested: 'bytes=9-' } })));
    const answer = await exchange(port, 'GET /b/k HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 416 /);
    const id = /x-amz-request-id: ([0-9A-F]{16})/.exec(answer)?.[1];
    expect(answer).toContain(`<RequestId>${String(id)}</RequestId>`);
    expect(answer).toContain('<Code>InvalidRange</Code>');
    expect(answer).toContain('<RangeRequested>bytes=9-</RangeRequested>');
    expect(answer).toContain('<Resource>/b/k</Resource>');
  });

  it('tells nothing of an unknown failure, and logs it', async () => {
    const port = await serve(failing(new TypeError('secret path /etc/shadow')));
    const answer = await exchange(port, 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 500 /);
    expect(answer).toContain('<Code>InternalError</Code>');
    expect(answer).not.toContain('shadow');
    expect(errors).toHaveLength(1);
  });

  it('gives HEAD no body', async () => {
    const port = await serve(failing(new S3Error('NoSuchKey')));
    const answer = await exchange(port, 'HEAD /b/k HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 404 [^]*\r\n\r\n$/);
  });

  it('lets a client read the refusal of a body that it is still sending', async () => {
    const port = await serve(failing(new S3Error('AccessDenied')));
    const body = 'x'.repeat(1024 * 1024);
    const answer = await exchange(
      port,
      `PUT /b/k HTTP/1.1\r\nHost: x\r\nContent-Length: ${String(body.length)}\r\n\r\n${body}`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 403 /);
    expect(answer).toContain('connection: close');
  });

  it('cuts off a body that stands still', async () => {
    const port = await serve(readingAll);
    const answer = await exchange(port, 'PUT /b/k HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc');
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toContain('<Code>RequestTimeout</Code>');
  });

  it('reads a whole chunked body', async () => {
    const port = await serve(readingAll);
    const answer = await exchange(
      port,
      'PUT /b/k HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n',
    );
    expect(answer).toContain('x-bytes: 5');
  });

  it('refuses what exceeds the cap, and only that', async () => {
    const gate = deferred();
    const slow: Filter = async (ctx) => {
      await gate.promise;
      await respond(ctx, { status: 204, headers: {} }, { idleTimeoutMs: 200, onBytes: () => undefined });
    };
    const port = await serve(overload(1), slow);
    const request = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
    const first = exchange(port, request);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const second = await exchange(port, request);
    expect(second).toMatch(/^HTTP\/1.1 503 [^]*retry-after: 1/);
    expect(second).toContain('<Code>SlowDown</Code>');
    gate.resolve(undefined);
    expect(await first).toMatch(/^HTTP\/1.1 204 /);
  });

  it.each([
    ['GARBAGE\r\n\r\n', 'BadRequest'],
    [`GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(8192)}\r\n\r\n`, 'RequestHeaderSectionTooLarge'],
    ['GET / HTTP/1.1\r\nHost: x\r\n', 'RequestTimeout'],
    ['PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n', 'BadRequest'],
  ])('answers what is not a request: %.20s', async (text, code) => {
    const port = await serve(failing(new S3Error('InternalError')));
    const answer = await exchange(port, text);
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toContain(`<Code>${code}</Code>`);
  });
});

function deferred(): { promise: Promise<unknown>; resolve: (value: unknown) => void } {
  let resolve: (value: unknown) => void = () => undefined;
  const promise = new Promise((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
