import { once } from 'node:events';
import { ClientGone } from '../errors/client-gone.ts';
import type { ResponseHeaders, S3Response } from '../operations/operation.ts';
import { hasUnreadBody, linger } from './unread-body.ts';
import type { Exchange } from './state.ts';

export interface RespondOptions {
  /** How long a slow reader may take nothing. */
  readonly idleTimeoutMs: number;
  readonly onBytes: (count: number) => void;
}

/** The only place where a response is written: status, headers, and a body that waits for the reader. */
export async function respond(exchange: Exchange, response: S3Response, options: RespondOptions): Promise<void> {
  const { req, res } = exchange;
  const { body } = response;
  if (body instanceof Promise) throw new TypeError('a late document is written by respondLate');
  const content = typeof body === 'string' ? Buffer.from(body) : body;
  const unread = hasUnreadBody(exchange);
  res.writeHead(response.status, { ...headersOf(response, content), ...(unread && { connection: 'close' }) });
  if (content === undefined || req.method === 'HEAD') {
    await finish(exchange, undefined, unread);
  } else if (content instanceof Uint8Array) {
    options.onBytes(content.length);
    await finish(exchange, content, unread);
  } else {
    for await (const chunk of content) await writeChunk(exchange, chunk, options);
    await finish(exchange, undefined, unread);
  }
}

/** Adds the length where it is known here; a stream's stands in the operation's own headers. */
function headersOf({ status, headers }: S3Response, content: S3Response['body']): Record<string, string | number> {
  const wire: Record<string, string | number> = wireHeaders(headers);
  if (status === 204 || status === 304) return wire;
  if (content === undefined) wire['content-length'] ??= 0;
  else if (content instanceof Uint8Array) wire['content-length'] ??= content.length;
  return wire;
}

async function finish(exchange: Exchange, bytes: Uint8Array | undefined, unread: boolean): Promise<void> {
  const { res } = exchange;
  if (!unread) {
    res.end(bytes);
    return;
  }
  if (bytes === undefined) res.flushHeaders();
  else res.write(bytes);
  await linger(exchange);
  res.end();
}

/** Writes one piece and waits while the reader is behind. Throws ClientGone when it has gone or takes nothing. */
export async function writeChunk(
  { res }: Exchange,
  chunk: Uint8Array | string,
  options: RespondOptions,
): Promise<void> {
  if (res.destroyed) throw new ClientGone();
  options.onBytes(chunk.length);
  if (res.write(chunk)) return;
  const waiting = new AbortController();
  const timer = setTimeout(() => {
    waiting.abort();
  }, options.idleTimeoutMs);
  try {
    await Promise.race([
      once(res, 'drain', { signal: waiting.signal }),
      once(res, 'close', { signal: waiting.signal }).then(() => {
        throw new ClientGone();
      }),
    ]);
  } catch (cause) {
    throw new ClientGone({ cause });
  } finally {
    clearTimeout(timer);
    waiting.abort();
  }
}

/** Node writes header text as latin1: UTF-8 values go out as their bytes. */
export function wireHeaders(headers: ResponseHeaders): Record<string, string> {
  const wire: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    wire[name] = /^[\t\x20-\x7e]*$/.test(value) ? value : Buffer.from(value, 'utf8').toString('latin1');
  }
  return wire;
}
