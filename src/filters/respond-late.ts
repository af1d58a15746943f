import { setTimeout as delay } from 'node:timers/promises';
import type { ResponseHeaders } from '../operations/operation.ts';
import { respond, wireHeaders, writeChunk, type RespondOptions } from './respond.ts';
import type { Exchange } from './state.ts';

export interface LateTimings {
  /** How long an answer may take before the client is sent white space. */
  readonly firstMs: number;
  readonly everyMs: number;
}

export interface LateDocument {
  readonly headers: ResponseHeaders;
  readonly document: Promise<string>;
  /** The error's document, for a failure after the status was sent. */
  readonly errorDocument: (error: unknown) => string;
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/**
 * Answers a copy or a completion that may outlast a client's patience: in time, an ordinary answer; past `firstMs`,
 * status 200 and white space until the document is there, an error then standing inside the 200.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
 */
export async function respondLate(
  exchange: Exchange,
  late: LateDocument,
  timings: LateTimings,
  options: RespondOptions,
): Promise<void> {
  const early = await within(late.document, timings.firstMs);
  if (early !== undefined) {
    await respond(exchange, { status: 200, headers: late.headers, body: early }, options);
    return;
  }
  exchange.res.writeHead(200, wireHeaders(late.headers));
  await writeChunk(exchange, declaration, options);
  for (;;) {
    const text = await within(late.document.catch(late.errorDocument), timings.everyMs);
    if (text !== undefined) {
      exchange.res.end(text.replace(/^<\?xml[^>]*\?>\n?/, ''));
      return;
    }
    await writeChunk(exchange, ' ', options);
  }
}

async function within(promise: Promise<string>, ms: number): Promise<string | undefined> {
  const waiting = new AbortController();
  try {
    return await Promise.race([promise, delay(ms, undefined, { signal: waiting.signal })]);
  } finally {
    waiting.abort();
  }
}
