import type { Exchange } from './exchange.ts';
import { readErrorDocument } from './exchange.ts';
import type { Cause } from './outcome.ts';

type Answered = Pick<Exchange<unknown>, 'request' | 'response' | 'noResponse' | 'error'>;

/**
 * A clean refusal: 501 NotImplemented, or 405 MethodNotAllowed, with S3's error document.
 * A HEAD response has no body, so there the status alone decides.
 */
export function isCleanRefusal(exchange: Answered): boolean {
  const { response, request } = exchange;
  if (response === undefined) return false;
  if (request.method === 'HEAD') return response.status === 501 || response.status === 405;
  const code = readErrorDocument(response.body)?.code;
  return (
    (response.status === 501 && code === 'NotImplemented') || (response.status === 405 && code === 'MethodNotAllowed')
  );
}

export function isSuccess(exchange: Answered): boolean {
  const status = exchange.response?.status ?? 0;
  return status >= 200 && status < 300;
}

/** Why an exchange that should have succeeded did not. */
export function causeOfRefusal(exchange: Answered): Cause {
  if (exchange.noResponse !== undefined) return exchange.noResponse;
  if (isCleanRefusal(exchange)) return 'not-implemented';
  const status = exchange.response?.status ?? 0;
  if (status >= 500) return 'server-error';
  if (isSuccess(exchange)) return 'sdk-parse';
  return 'wrong-status';
}

/** Why an exchange that should have been refused with `expected` was answered otherwise; undefined when it was right. */
export function causeOfWrongRefusal(
  exchange: Answered,
  expected: { status: number; code?: string },
): Cause | undefined {
  if (exchange.noResponse !== undefined) return exchange.noResponse;
  const { response, request } = exchange;
  if (response === undefined) return 'connection';
  const document = readErrorDocument(response.body);
  const isExpectedCode = request.method === 'HEAD' || expected.code === undefined || document?.code === expected.code;
  if (response.status === expected.status && isExpectedCode) return undefined;
  if (isCleanRefusal(exchange)) return 'not-implemented';
  if (response.status >= 500 && response.status !== expected.status) return 'server-error';
  if (response.status >= 200 && response.status < 300) return document === undefined ? 'ignored' : 'wrong-status';
  if (response.status !== expected.status) return 'wrong-status';
  return document === undefined ? 'wrong-shape' : 'wrong-code';
}

/** One line for reports: what came back. */
export function describeAnswer(exchange: Answered): string {
  if (exchange.response === undefined) {
    return `${exchange.noResponse ?? 'no response'}${exchange.error === undefined ? '' : ` (${exchange.error.message})`}`;
  }
  const code = readErrorDocument(exchange.response.body)?.code;
  if (code !== undefined) return `${String(exchange.response.status)} ${code}`;
  if (isSuccess(exchange) && exchange.error !== undefined) {
    return `${String(exchange.response.status)}, which the SDK could not read (${exchange.error.message})`;
  }
  return String(exchange.response.status);
}
