import { isS3Error, S3Error } from '../errors/s3-error.ts';

/** The query of a request: names and values decoded, in order. */
export type Query = readonly (readonly [name: string, value: string])[];

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Percent-decodes UTF-8. Throws InvalidURI for a malformed escape, for bytes that are not UTF-8, and for NUL, which no
 * XML answer could name and which does harm in an Ozone Manager.
 */
export function percentDecode(text: string): string {
  if (!text.includes('%') && !hasRawHighByte(text)) return withoutNul(text);
  if (hasRawHighByte(text)) return withoutNul(decodeRawBytes(text));
  try {
    return withoutNul(decodeURIComponent(text));
  } catch (cause) {
    if (isS3Error(cause)) throw cause;
    throw new S3Error('InvalidURI', { cause });
  }
}

function withoutNul(text: string): string {
  if (text.includes('\0')) throw new S3Error('InvalidURI');
  return text;
}

/** Node gives a request line's bytes as latin1: clients that do not escape send raw UTF-8. */
function hasRawHighByte(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x7f) return true;
  return false;
}

function decodeRawBytes(text: string): string {
  if (/%(?![0-9a-fA-F]{2})/.test(text)) throw new S3Error('InvalidURI');
  const bytes = Buffer.from(
    text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new S3Error('InvalidURI', { cause });
  }
}

/** Parses what follows the `?`; a `+` is a space, as in S3. A name without `=` has an empty value. */
export function parseQuery(rawQuery: string): Query {
  if (rawQuery === '') return [];
  return rawQuery
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const text = pair.replaceAll('+', ' ');
      const equals = text.indexOf('=');
      return equals === -1
        ? ([percentDecode(text), ''] as const)
        : ([percentDecode(text.slice(0, equals)), percentDecode(text.slice(equals + 1))] as const);
    });
}
