/*
 * Signature V4 signs paths and queries in one spelling: every byte but A-Z a-z 0-9 - . _ ~ as %XX with capital digits.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html (UriEncode)
 *
 * Text here holds one character per byte (latin1), as Node gives request lines.
 */

const unreserved = /^[A-Za-z0-9\-._~]*$/;
const unreservedPath = /^[A-Za-z0-9\-._~/]*$/;

const encodedBytes: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return unreserved.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
});

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** Percent-decodes; what is no escape stays as it is, and `+` is a space where asked for. One character per byte. */
export function decodePercent(text: string, plusIsSpace: boolean): string {
  if (!text.includes('%') && !(plusIsSpace && text.includes('+'))) return text;
  let decoded = '';
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x25) {
      const byte = (hexDigit(text.charCodeAt(index + 1)) << 4) | hexDigit(text.charCodeAt(index + 2));
      if (byte >= 0) {
        decoded += String.fromCharCode(byte);
        index += 2;
        continue;
      }
    }
    decoded += plusIsSpace && code === 0x2b ? ' ' : text.charAt(index);
  }
  return decoded;
}

function encode(text: string, slash: string): string {
  let encoded = '';
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    encoded += code === 0x2f ? slash : (encodedBytes[code & 0xff] ?? '');
  }
  return encoded;
}

/** A query parameter's decoded name or value in the one spelling. */
export function encodeQueryText(decoded: string): string {
  return unreserved.test(decoded) ? decoded : encode(decoded, '%2F');
}

/** The path decoded, then encoded once; `//`, `.` and `..` stay, since S3 does not normalise keys. */
export function canonicalPath(rawPath: string): string {
  if (rawPath === '') return '/';
  return unreservedPath.test(rawPath) ? rawPath : encode(decodePercent(rawPath, false), '/');
}
