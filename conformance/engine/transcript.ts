import type { CapturedRequest, CapturedResponse, Exchange } from './exchange.ts';
import { redactHeaders, type Redact } from './redaction.ts';

/** Why a case sent a request: to prepare, as what it is about, or to look at the state. */
export type ExchangeRole = 'set-up' | 'subject' | 'look';

/** One request and its answer, as text that may be shown to anybody. */
export interface TranscriptEntry {
  readonly role: ExchangeRole;
  readonly request: {
    readonly method: string;
    readonly target: string;
    readonly headers: Readonly<Record<string, string>>;
    /** Absent when there was none, or it was a stream. */
    readonly body?: string;
  };
  /** Absent when none came. */
  readonly response?: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  };
  /** Why no response came. */
  readonly failure?: string;
}

/** All that a case sent, in order. */
export interface CaseTranscript {
  readonly id: string;
  readonly exchanges: readonly TranscriptEntry[];
}

/** Text beyond this is of no use to who reads a failure. */
const shownCharacters = 2_000;
/** Bytes looked at: a character takes at most four. */
const readBytes = shownCharacters * 4;
/** Of the SDK itself, the same in every request. */
const noise = /^(?:amz-sdk-.*|user-agent|x-amz-user-agent)$/;
// eslint-disable-next-line no-control-regex
const binary = /[\u0000-\u0008\u000e-\u001f\ufffd]/;

/** The text cut to a length, with what was cut. */
export function shortened(text: string, characters: number): string {
  if (text.length <= characters) return text;
  return `${text.slice(0, characters)}… (${String(text.length - characters)} more)`;
}

function bodyText(body: string | Uint8Array | undefined, redact: Redact): string | undefined {
  if (body === undefined || body.length === 0) return undefined;
  const text = typeof body === 'string' ? body : Buffer.from(body.subarray(0, readBytes)).toString('utf8');
  if (binary.test(text.slice(0, -4))) return `(${String(body.length)} bytes, not text)`;
  // Redacted before it is cut, so that no half of a key stays.
  const shown = redact(text.slice(0, readBytes)).slice(0, shownCharacters);
  return body.length > text.length || text.length > shownCharacters
    ? `${shown}… (${String(body.length)} bytes in all)`
    : shown;
}

function requestOf({ method, target, headers, body }: CapturedRequest, redact: Redact): TranscriptEntry['request'] {
  const told = Object.fromEntries(Object.entries(headers).filter(([name]) => !noise.test(name)));
  const text = bodyText(body, redact);
  const head = { method, target: shortened(redact(target), shownCharacters), headers: shortHeaders(told, redact) };
  return text === undefined ? head : { ...head, body: text };
}

function responseOf(
  { status, headers, body }: CapturedResponse,
  redact: Redact,
): NonNullable<TranscriptEntry['response']> {
  const text = bodyText(body, redact);
  return { status, headers: shortHeaders(headers, redact), ...(text === undefined ? {} : { body: text }) };
}

function shortHeaders(headers: Readonly<Record<string, string>>, redact: Redact): Record<string, string> {
  const entries = Object.entries(redactHeaders(headers, redact));
  return Object.fromEntries(entries.map(([name, value]) => [name, shortened(value, 500)]));
}

/** @returns the exchange without keys, signatures and hosts, long texts cut */
export function transcribe(exchange: Exchange<unknown>, role: ExchangeRole, redact: Redact): TranscriptEntry {
  const { request, response, noResponse, error } = exchange;
  const asked = { role, request: requestOf(request, redact) };
  if (response !== undefined) return { ...asked, response: responseOf(response, redact) };
  const failure = [noResponse ?? 'no response', error?.message].filter((part) => part !== undefined).join(': ');
  return { ...asked, failure: shortened(redact(failure), 500) };
}
