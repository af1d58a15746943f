import { S3Error } from '../../errors/s3-error.ts';

const separator = /[\p{Z}\t-\r]/u;
const unbreakable = '\u00a0\u2007\u202f';

/** The OM takes such a name for none at all: all keys that have one are the same key, which no listing shows. */
export function isBlank(key: string): boolean {
  return Array.from(key).every(isWhiteSpace);
}

/** In Java's sense, not in JavaScript's: with the separators of ASCII, without the spaces that break no lines. */
function isWhiteSpace(character: string): boolean {
  const isAsciiSeparator = character >= '\u001c' && character <= '\u001f';
  return isAsciiSeparator || (separator.test(character) && !unbreakable.includes(character));
}

/** Throws NotImplemented for a name that Ozone would lose. */
export function checkStorable(key: string): void {
  if (!isBlank(key)) return;
  throw new S3Error('NotImplemented', { message: 'Ozone does not keep objects whose key is white space alone.' });
}

/** Whether a directory of a file system can have something of this name. */
export function isPathName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !name.includes('/');
}
