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

/** The refusal a case expects. */
export interface ExpectedRefusal {
  readonly status: number;
  /** The Code of the error document; not looked at for HEAD, which has no body. */
  readonly code?: string;
}

/** Why an exchange that should have been refused as `expected` was answered otherwise; undefined when it was right. */
export function causeOfWrongRefusal(exchange: Answered, expected: ExpectedRefusal): Cause | undefined {
  const { response, request } = exchange;
  if (response === undefined) return exchange.noResponse ?? 'connection';
  const code = readErrorDocument(response.body)?.code;
  const isExpectedCode = request.method === 'HEAD' || expected.code === undefined || code === expected.code;
  if (response.status === expected.status) return isExpectedCode ? undefined : causeOfWrongCode(exchange, code);
  if (isCleanRefusal(exchange)) return 'not-implemented';
  if (response.status >= 500) return 'server-error';
  return isSuccess(exchange) && code === undefined ? 'ignored' : 'wrong-status';
}

function causeOfWrongCode(exchange: Answered, code: string | undefined): Cause {
  if (isCleanRefusal(exchange)) return 'not-implemented';
  return code === undefined ? 'wrong-shape' : 'wrong-code';
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
