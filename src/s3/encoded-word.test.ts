import { expect, it } from '@jest/globals';
import { decodeWords, encodeWords } from './encoded-word.ts';

it.each([
  ['plain text', 'plain text'],
  ['=?UTF-8?B?w6TDtg==?=', 'äö'],
  ['=?utf-8?Q?=C3=A4_b?=', 'ä b'],
  ['=?ISO-8859-1?Q?=E4?=', 'ä'],
  ['=?UTF-8*de?B?w6Q=?=', 'ä'],
  ['=?UTF-8?B?w6Q=?= =?UTF-8?B?w7Y=?=', 'äö'],
  ['a =?UTF-8?B?w6Q=?= b', 'a ä b'],
  ['=?no-charset?B?w6Q=?=', '=?no-charset?B?w6Q=?='],
  ['=?UTF-8?B?/w==?=', '=?UTF-8?B?/w==?='],
  ['=?UTF-8?X?a?=', '=?UTF-8?X?a?='],
])('decodeWords(%j) is %j', (text, expected) => {
  expect(decodeWords(text)).toBe(expected);
});

it.each([
  ['plain text', 'plain text'],
  ['', ''],
  ['äö', '=?UTF-8?B?w6TDtg==?='],
  ['a\r\nb', '=?UTF-8?B?YQ0KYg==?='],
])('encodeWords(%j) is %j', (text, expected) => {
  expect(encodeWords(text)).toBe(expected);
});

it.each(['ä'.repeat(200), '\u{1F600}'.repeat(50), `${'x'.repeat(44)}é`])('takes back what it gives (%#)', (text) => {
  const words = encodeWords(text);
  for (const word of words.split(' ')) expect(word.length).toBeLessThanOrEqual(75);
  expect(decodeWords(words)).toBe(text);
});
