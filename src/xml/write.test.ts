import { describe, expect, it } from '@jest/globals';
import { XMLParser } from 'fast-xml-parser';
import { errorDocument } from './error.ts';
import { parseXml } from './read.ts';
import { element, escapeText, optional, s3Root, textElement, writeXml } from './write.ts';

const independent = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  trimValues: false,
  processEntities: { enabled: true, maxTotalExpansions: 1000 },
  htmlEntities: true,
});

function readByAnother(document: string): unknown {
  const { K } = independent.parse(document) as { K: { '#text'?: string } | string };
  return typeof K === 'string' ? K : (K['#text'] ?? '');
}

const texts = [
  'a',
  'a & b',
  '&amp;',
  '&amp;amp;',
  '&lt;',
  '<a>',
  ']]>',
  '"quoted" \'single\'',
  '&#13;',
  '漢字 ä \u{1F600}',
  '\u00A0\u0085\u2028',
  'photos/2024/a b+c%20d',
];
const spaces = ['\r', '\n', '\t', 'a\r\nb', ' a ', '  '];
const illegal = ['\u0001', 'a\u0000b', '\u001F', '\uFFFE\uFFFF'];

describe('writeXml', () => {
  it.each([...texts, ...spaces])('writes %j so that it is read back', (text) => {
    expect(parseXml(writeXml(element('K', text))).text).toBe(text);
  });

  it.each(texts)('writes %j so that another parser reads it back', (text) => {
    expect(readByAnother(writeXml(element('K', text)))).toBe(text);
  });

  it.each([
    ['\r', '&#13;'],
    ['\u0001', '&#1;'],
    ['a\u0000b', 'a&#0;b'],
    ['\uFFFE', '&#65534;'],
    ['"', '&quot;'],
  ])('writes %j as a reference', (text, expected) => {
    expect(escapeText(text)).toBe(expected);
  });

  it('writes elements in order, leaves out what is undefined, and shortens what is empty', () => {
    const document = s3Root('K', [element('b', '1'), optional('c', undefined), optional('a', 0), element('d', '')]);
    expect(writeXml(document)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<K xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><b>1</b><a>0</a><d/></K>',
    );
  });
});

describe('textElement', () => {
  it.each([...texts, ...spaces, ...illegal, ''])('writes %j as writeXml does', (text) => {
    const document = writeXml(element('K', text));
    expect(document.slice(document.indexOf('\n') + 1)).toBe(textElement('K', text));
  });
});

describe('errorDocument', () => {
  it('has the elements of S3 in their order', () => {
    const document = errorDocument({
      code: 'NoSuchKey',
      message: 'The specified key does not exist.',
      details: { Key: 'a&b' },
      resource: '/bucket/a&b',
      requestId: 'R',
      hostId: 'H',
    });
    const root = parseXml(document);
    expect([root.name, root.attributes.size]).toEqual(['Error', 0]);
    expect(root.children.map(({ name, text }) => [name, text])).toEqual([
      ['Code', 'NoSuchKey'],
      ['Message', 'The specified key does not exist.'],
      ['Key', 'a&b'],
      ['Resource', '/bucket/a&b'],
      ['RequestId', 'R'],
      ['HostId', 'H'],
    ]);
  });
});
