/**
 * Encoded words (RFC 2047), in which S3 gives header values that are not plain ASCII, and takes them.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html#UserMetadata
 */
const encodedWord = /=\?([\w-]+)(?:\*[\w-]+)?\?([bBqQ])\?([^?\s]*)\?=/g;
const betweenWords = /(\?=)[ \t]+(?==\?[\w-]+(?:\*[\w-]+)?\?[bBqQ]\?[^?\s]*\?=)/g;
/** An encoded word has at most 75 characters: 45 bytes make 60 of base64, and the frame 12. */
const maxWordBytes = 45;
/** What stands in a header as it is. */
const plain = /^[\t\x20-\x7e]*$/;

/** Undecodable words stay as they are. */
export function decodeWords(text: string): string {
  if (!text.includes('=?')) return text;
  return text
    .replace(betweenWords, '$1')
    .replace(encodedWord, (word: string, charset: string, encoding: string, payload: string) => {
      try {
        const bytes = encoding.toLowerCase() === 'b' ? Buffer.from(payload, 'base64') : decodeQ(payload);
        return new TextDecoder(charset, { fatal: true }).decode(bytes);
      } catch {
        return word;
      }
    });
}

/** Text of printable ASCII as it is, all else as UTF-8 in base64 words, split between characters. */
export function encodeWords(text: string): string {
  if (plain.test(text)) return text;
  const words: string[] = [];
  let word = '';
  for (const character of text) {
    if (Buffer.byteLength(word) + Buffer.byteLength(character) > maxWordBytes) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map((part) => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`).join(' ');
}

function decodeQ(payload: string): Buffer {
  const text = payload
    .replaceAll('_', ' ')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(text, 'latin1');
}
