/** One parsed response, or what there was of it when the connection ended. */
export interface RawResponse {
  readonly httpVersion: string;
  readonly status: number;
  readonly reason: string;
  /** As received, repeated names kept. */
  readonly rawHeaders: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The body came whole: Content-Length met, last chunk seen, or the connection closed where that ends it. */
  readonly complete: boolean;
}

interface Head {
  readonly httpVersion: string;
  readonly status: number;
  readonly reason: string;
  readonly rawHeaders: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly endsAt: number;
}

function readHead(bytes: Buffer): Head | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [statusLine = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const match = /^HTTP\/(\d\.\d) (\d{3}) ?(.*)$/.exec(statusLine);
  if (match === null) throw new Error(`not an HTTP response: ${JSON.stringify(statusLine.slice(0, 80))}`);
  const rawHeaders = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
  });
  const headers: Record<string, string> = {};
  for (const [name, value] of rawHeaders) {
    const lower = name.toLowerCase();
    headers[lower] = headers[lower] === undefined ? value : `${headers[lower]}, ${value}`;
  }
  const [, httpVersion = '', status = '', reason = ''] = match;
  return { httpVersion, status: Number(status), reason, rawHeaders, headers, endsAt: end + 4 };
}

function readChunked(bytes: Buffer, from: number): { body: Buffer; complete: boolean; endsAt: number } {
  const pieces: Buffer[] = [];
  let at = from;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return { body: Buffer.concat(pieces), complete: false, endsAt: bytes.length };
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString('latin1'), 16);
    at = lineEnd + 2;
    if (Number.isNaN(size)) return { body: Buffer.concat(pieces), complete: false, endsAt: bytes.length };
    if (size === 0) {
      const end = bytes.indexOf('\r\n', at);
      return { body: Buffer.concat(pieces), complete: end >= 0, endsAt: end < 0 ? bytes.length : end + 2 };
    }
    pieces.push(bytes.subarray(at, at + size));
    at += size + 2;
    if (at > bytes.length) return { body: Buffer.concat(pieces), complete: false, endsAt: bytes.length };
  }
}

function readBody(
  head: Head,
  bytes: Buffer,
  method: string,
  ended: boolean,
): { body: Buffer; complete: boolean; endsAt: number } {
  const from = head.endsAt;
  const hasNoBody = method === 'HEAD' || head.status === 204 || head.status === 304 || head.status < 200;
  if (hasNoBody) return { body: Buffer.alloc(0), complete: true, endsAt: from };
  if (/chunked/i.test(head.headers['transfer-encoding'] ?? '')) return readChunked(bytes, from);
  const length = head.headers['content-length'];
  if (length === undefined) return { body: bytes.subarray(from), complete: ended, endsAt: bytes.length };
  const endsAt = Math.min(from + Number(length), bytes.length);
  return { body: bytes.subarray(from, endsAt), complete: bytes.length >= from + Number(length), endsAt };
}

export interface ParsedResponses {
  /** Interim 1xx responses and the final ones, in order. */
  readonly responses: readonly RawResponse[];
  /** The final response to each of the methods has come whole. */
  readonly done: boolean;
}

/**
 * Reads as many responses as the bytes hold. `methods` are the requests sent, so that HEAD is read without a body.
 * @throws Error when the bytes are not HTTP
 */
export function parseResponses(bytes: Buffer, methods: readonly string[], ended: boolean): ParsedResponses {
  const responses: RawResponse[] = [];
  let rest = bytes;
  let answered = 0;
  while (answered < methods.length) {
    const head = readHead(rest);
    if (head === undefined) return { responses, done: false };
    const { body, complete, endsAt } = readBody(head, rest, methods[answered] ?? '', ended);
    const { httpVersion, status, reason, rawHeaders, headers } = head;
    responses.push({ httpVersion, status, reason, rawHeaders, headers, body, complete });
    if (!complete) return { responses, done: false };
    if (status >= 200) answered += 1;
    rest = rest.subarray(endsAt);
  }
  return { responses, done: true };
}
