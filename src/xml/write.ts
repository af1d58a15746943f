import { js2xml, type Element } from 'xml-js';

export const s3Namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';
export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

export interface XmlNode {
  readonly name: string;
  /** Never from outside: xml-js escapes no more than quotes in them. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Text, or elements in their order; those that are undefined are left out. */
  readonly content: string | readonly (XmlNode | undefined)[];
}

export function element(name: string, content: XmlNode['content'] = [], attributes?: XmlNode['attributes']): XmlNode {
  return attributes === undefined ? { name, content } : { name, content, attributes };
}

/** The root of a document in S3's own namespace. */
export function s3Root(name: string, content: XmlNode['content'] = []): XmlNode {
  return element(name, content, { xmlns: s3Namespace });
}

/** An element that is there only if its text is. */
export function optional(name: string, text: string | number | undefined): XmlNode | undefined {
  return text === undefined ? undefined : element(name, String(text));
}

export function writeXml(root: XmlNode): string {
  return xmlDeclaration + js2xml({ elements: [toElement(root)] }, { compact: false, textFn: withReferences });
}

function toElement({ name, attributes, content }: XmlNode): Element {
  const node: Element = { type: 'element', name };
  if (attributes !== undefined) node.attributes = { ...attributes };
  if (typeof content !== 'string') node.elements = content.filter((child) => child !== undefined).map(toElement);
  // js2xml un-escapes `&amp;` before it escapes, so that a literal `&amp;` would be lost.
  else if (content !== '') node.elements = [{ type: 'text', text: content.replaceAll('&', '&amp;') }];
  return node;
}

// eslint-disable-next-line no-control-regex -- the characters that XML 1.0 loses, folds or forbids
const special = /[&<>"\u0000-\u001F\uFFFE\uFFFF]/;
// eslint-disable-next-line no-control-regex -- as above
const referenced = /["\u0000-\u001F\uFFFE\uFFFF]/g;

/**
 * Text as it stands in an element: the same characters as `writeXml` writes. What XML 1.0 cannot hold is written as a
 * character reference, as S3 does; clients that list such keys ask for encoding-type=url.
 */
export function escapeText(text: string): string {
  if (!special.test(text)) return text;
  return withReferences(text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
}

function withReferences(escaped: string): string {
  return escaped.replaceAll(referenced, (c) => (c === '"' ? '&quot;' : `&#${String(c.charCodeAt(0))};`));
}

/** An element with text, written directly: for documents of thousands of elements. */
export function textElement(name: string, text: string): string {
  return text === '' ? `<${name}/>` : `<${name}>${escapeText(text)}</${name}>`;
}
