import { XMLParser, XMLValidator } from 'fast-xml-parser';

export interface CapturedRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Before any framing; undefined for none, and for a stream. */
  readonly body?: string | Uint8Array | undefined;
}

export interface CapturedResponse {
  readonly status: number;
  /** Names in lower case; repeated ones joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Why there is no usable response. */
export type NoResponse = 'timeout' | 'connection';

/** One request and what came back, whichever transport carried it. */
export interface Exchange<Output> {
  readonly request: CapturedRequest;
  readonly response: CapturedResponse | undefined;
  readonly noResponse: NoResponse | undefined;
  /** The SDK's parsed answer; undefined when refused, and on the raw transport. */
  readonly output: Output | undefined;
  /** What the SDK threw, or the socket's error. */
  readonly error: Error | undefined;
}

export interface ErrorDocument {
  readonly code: string;
  readonly message: string;
  /** All children of the Error element. */
  readonly fields: Readonly<Record<string, string>>;
}

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  processEntities: true,
  htmlEntities: true,
});

/** Parses a body; undefined when it is not well-formed XML with one root. */
export function parseXml(body: Buffer): Record<string, unknown> | undefined {
  const text = body.toString('utf8').trim();
  // The parser alone reads broken documents too. Its validator moves to a package of its own in a later major version.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  if (!text.startsWith('<') || XMLValidator.validate(text) !== true) return undefined;
  return parser.parse(text) as Record<string, unknown>;
}

/** Name of the document's root element; undefined when the body is not XML. */
export function rootElement(body: Buffer): string | undefined {
  const document = parseXml(body);
  return document === undefined ? undefined : Object.keys(document)[0];
}

/** Reads `<Error><Code>..</Code>..</Error>`; undefined when the body is anything else. */
export function readErrorDocument(body: Buffer): ErrorDocument | undefined {
  const error = parseXml(body)?.['Error'];
  if (typeof error !== 'object' || error === null) return undefined;
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(error)) {
    if (typeof value === 'string') fields[name] = value;
  }
  if (fields['Code'] === undefined || fields['Code'] === '') return undefined;
  return { code: fields['Code'], message: fields['Message'] ?? '', fields };
}
