import type { HeaderList } from './verifier.ts';

/** Header values by lower-case name, folded as Signature V4 signs them; duplicates joined by commas. */
export type FoldedHeaders = ReadonlyMap<string, string>;

const spaceRun = /[ \t]+/g;

/** Only space and tab fold: other bytes that JavaScript calls white space (0xA0) may be half of a UTF-8 character. */
function fold(value: string): string {
  const first = value.charCodeAt(0);
  const last = value.charCodeAt(value.length - 1);
  const isPlain = first > 0x20 && last > 0x20 && !value.includes('  ') && !value.includes('\t');
  if (isPlain) return value;
  const folded = value.replace(spaceRun, ' ');
  return folded.slice(folded.startsWith(' ') ? 1 : 0, folded.length > 1 && folded.endsWith(' ') ? -1 : undefined);
}

export function foldHeaders(headers: HeaderList): FoldedHeaders {
  const folded = new Map<string, string>();
  for (const [rawName, rawValue] of headers) {
    const name = rawName.toLowerCase();
    const value = fold(rawValue);
    const before = folded.get(name);
    folded.set(name, before === undefined ? value : `${before},${value}`);
  }
  return folded;
}

export interface CanonicalParts {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: FoldedHeaders;
  /** As the client wrote them: lower case, sorted, joined by `;`. */
  readonly signedHeaders: string;
  readonly payloadHash: string;
}

/**
 * The text whose hash is signed, one character per byte.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function canonicalRequest(parts: CanonicalParts): string {
  let text = `${parts.method}\n${parts.path}\n${parts.query}\n`;
  for (const name of parts.signedHeaders.split(';')) text += `${name}:${parts.headers.get(name) ?? ''}\n`;
  return `${text}\n${parts.signedHeaders}\n${parts.payloadHash}`;
}
