import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isS3Error, type S3Error } from '../errors/s3-error.ts';
import { parseAccessControlPolicy } from './acl.ts';
import { parseBucketConfiguration } from './buckets.ts';
import { parseDeleteList } from './delete-objects.ts';
import { parseXml, type XmlElement } from './read.ts';
import { parseTagging } from './tagging.ts';
import { isXmlCharacter } from './well-formed.ts';
import { element, textElement, writeXml, type XmlNode } from './write.ts';

const runs = { seed: 20240229, numRuns: 2000 };

/** Pieces of which documents are made, in any order: mostly broken, sometimes not. */
const pieces = fc
  .array(
    fc.oneof(
      fc.constantFrom('<a>', '</a>', '<a/>', '<b>', '</b>', '<a b="1">', '<a b=', '"', "'", ' ', '>', '<', '/', '\r\n'),
      fc.constantFrom('&amp;', '&#x1F600;', '&#13;', '&#0;', '&', ';', '<!--', '-->', '<![CDATA[', ']]>', '<?x', '?>'),
      fc.constantFrom('<?xml version="1.0"?>', '<!DOCTYPE a>', '<Delete>', '<Object>', '<Key>', '</Key>', '\u0001'),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const documents = fc.oneof(
  pieces,
  pieces.map((inner) => `<a>${inner}</a>`),
);

function refusalOf(action: () => unknown): S3Error | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (isS3Error(error)) return error;
    throw error;
  }
}

function rewritten(root: XmlElement): XmlNode {
  return element(root.name, root.children.length > 0 ? root.children.map(rewritten) : root.text);
}

function outline(root: XmlElement): unknown {
  return [root.name, root.children.length > 0 ? root.children.map(outline) : root.text];
}

describe('parsers of documents', () => {
  it('refuse with MalformedXML, or read what can be written and read again', () => {
    fc.assert(
      fc.property(documents, (text) => {
        let root: XmlElement | undefined;
        const refusal = refusalOf(() => {
          root = parseXml(text);
        });
        if (root === undefined) expect(refusal?.code).toBe('MalformedXML');
        else expect(outline(parseXml(writeXml(rewritten(root))))).toEqual(outline(root));
      }),
      runs,
    );
  });

  it.each([
    ['parseTagging', parseTagging],
    ['parseDeleteList', parseDeleteList],
    ['parseBucketConfiguration', parseBucketConfiguration],
    ['parseAccessControlPolicy', parseAccessControlPolicy],
  ])('%s refuses with nothing but errors of S3', (_name, parse) => {
    fc.assert(
      fc.property(documents, (text) => {
        expect(refusalOf(() => parse(text))?.status ?? 400).toBe(400);
      }),
      runs,
    );
  });
});

describe('written text', () => {
  const characters = fc
    .string({ unit: 'binary' })
    .filter((text) => Array.from(text).every((c) => isXmlCharacter(c.codePointAt(0) ?? 0)));

  it('is read back as it was', () => {
    fc.assert(
      fc.property(characters, (text) => {
        expect(parseXml(textElement('K', text)).text).toBe(text);
      }),
      runs,
    );
  });

  it('is the same by hand and by xml-js', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(writeXml(element('K', text)).endsWith(`\n${textElement('K', text)}`)).toBe(true);
      }),
      runs,
    );
  });
});
