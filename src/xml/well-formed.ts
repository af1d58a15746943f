import { S3Error } from '../errors/s3-error.ts';

/** ASCII alone: no document that we read has other names. */
const name = '[:A-Z_a-z][-.:\\w]*';
const space = '[\\t\\n\\r ]';
const attribute = `${name}${space}*=${space}*(?:"[^"<]*"|'[^'<]*')`;

/** One token of a document, and the only ones taken: no `<!DOCTYPE`, no other declaration. */
const token = new RegExp(
  [
    '(?<text>[^<]+)',
    `<(?<open>${name})(?<attributes>(?:${space}+${attribute})*)${space}*(?<selfClosing>/?)>`,
    `</(?<close>${name})${space}*>`,
    '<!--(?<comment>(?:[^-]|-[^-])*)-->',
    '(?<cdata><!\\[CDATA\\[[^\\]]*(?:\\](?!\\]>)[^\\]]*)*\\]\\]>)',
    '<\\?(?<instruction>[^?]*(?:\\?(?!>)[^?]*)*)\\?>',
  ].join('|'),
  'y',
);
// eslint-disable-next-line no-control-regex -- these are the characters that XML 1.0 forbids
const illegalCharacter = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;
const reference = /&(?:(?:amp|lt|gt|quot|apos)|#(?<decimal>\d{1,7})|#x(?<hex>[\dA-Fa-f]{1,6}));/y;
const attributeName = new RegExp(`\\s(${name})\\s*=\\s*(?:"[^"]*"|'[^']*')`, 'g');
/** Deeper than any document of S3 or Hadoop by far; keeps what walks a document from being driven deep. */
const maxDepth = 20;

export function malformedXml(): S3Error {
  return new S3Error('MalformedXML');
}

/**
 * Throws MalformedXML unless the text is one well-formed element, with no document type and only the predefined
 * entities. Takes time linear in the text. xml-js lets unclosed, repeated and undeclared things pass, and spends
 * quadratic time on what it does refuse, so it only ever sees what has passed here.
 * Source: https://www.w3.org/TR/xml/
 */
export function requireWellFormed(text: string): void {
  if (illegalCharacter.test(text)) throw malformedXml();
  const nesting: Nesting = { open: [], roots: 0 };
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  for (let at = start; at < text.length; at = token.lastIndex) {
    token.lastIndex = at;
    const groups = token.exec(text)?.groups;
    if (groups === undefined) throw malformedXml();
    if (groups['open'] !== undefined) enter(nesting, groups['open'], groups);
    else if (groups['close'] !== undefined) leave(nesting, groups['close']);
    else requireInPlace(groups, nesting.open.length > 0, at === start);
  }
  if (nesting.roots !== 1 || nesting.open.length > 0) throw malformedXml();
}

/** The elements that are open, outermost first, and how many there have been that were in no other. */
interface Nesting {
  readonly open: string[];
  roots: number;
}

type Groups = Record<string, string | undefined>;

function enter(nesting: Nesting, element: string, { attributes, selfClosing }: Groups): void {
  requireAttributes(attributes ?? '');
  if (nesting.open.length === 0) nesting.roots += 1;
  if (selfClosing === '') nesting.open.push(element);
  if (nesting.roots > 1 || nesting.open.length > maxDepth) throw malformedXml();
}

function leave({ open }: Nesting, element: string): void {
  if (open.pop() !== element) throw malformedXml();
}

function requireInPlace({ text, cdata, instruction }: Groups, inRoot: boolean, first: boolean): void {
  if (text !== undefined) {
    if (!inRoot && /[^\t\n\r ]/.test(text)) throw malformedXml();
    if (text.includes(']]>')) throw malformedXml();
    requireReferences(text);
  }
  if (cdata !== undefined && !inRoot) throw malformedXml();
  if (instruction !== undefined && /^xml(?:\s|$)/i.test(instruction) && !first) throw malformedXml();
}

function requireAttributes(attributes: string): void {
  if (attributes === '') return;
  requireReferences(attributes);
  const names = Array.from(attributes.matchAll(attributeName), (match) => match[1]);
  if (new Set(names).size !== names.length) throw malformedXml();
}

function requireReferences(text: string): void {
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    reference.lastIndex = at;
    const groups = reference.exec(text)?.groups;
    if (groups === undefined) throw malformedXml();
    const { decimal, hex } = groups;
    if (decimal !== undefined && !isXmlCharacter(Number.parseInt(decimal, 10))) throw malformedXml();
    if (hex !== undefined && !isXmlCharacter(Number.parseInt(hex, 16))) throw malformedXml();
  }
}

/** Whether XML 1.0 can hold the code point at all, even by reference. */
export function isXmlCharacter(codePoint: number): boolean {
  return (
    codePoint === 0x9 ||
    codePoint === 0xa ||
    codePoint === 0xd ||
    (codePoint >= 0x20 && codePoint <= 0xd7ff) ||
    (codePoint >= 0xe000 && codePoint <= 0xfffd) ||
    (codePoint >= 0x10000 && codePoint <= 0x10ffff)
  );
}
