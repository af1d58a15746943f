import { xml2js, type Element } from 'xml-js';
import { malformedXml, requireWellFormed } from './well-formed.ts';

export interface XmlElement {
  /** Without a namespace prefix. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** All text that stands directly in the element, spaces and all. */
  readonly text: string;
}

/** Room for 1,000 keys of 1,024 bytes, each byte written as a character reference. */
const maxLengthDefault = 8 * 1024 * 1024;

/**
 * Reads a document from outside into its root element. No document type, no entities but XML's own five.
 * Throws MalformedXML for everything that is not well formed, nested too deep or longer than `maxLength` characters.
 */
export function parseXml(text: string, maxLength: number = maxLengthDefault): XmlElement {
  if (text.length > maxLength) throw malformedXml();
  requireWellFormed(text);
  // Line ends as every XML processor has to give them: a literal CR is never data.
  const document = readDocument(text.replaceAll(/\r\n?/g, '\n'));
  const root = document.elements?.find((node) => node.type === 'element');
  if (root === undefined) throw malformedXml();
  return toXmlElement(root);
}

function readDocument(text: string): Element {
  try {
    return xml2js(text, {
      compact: false,
      captureSpacesBetweenElements: true,
      ignoreComment: true,
      ignoreDeclaration: true,
      ignoreInstruction: true,
    }) as Element;
  } catch {
    throw malformedXml();
  }
}

function toXmlElement(element: Element): XmlElement {
  const children: XmlElement[] = [];
  let text = '';
  for (const node of element.elements ?? []) {
    if (node.type === 'element') children.push(toXmlElement(node));
    else if (node.type === 'text') text += String(node.text ?? '');
    else if (node.type === 'cdata') text += node.cdata ?? '';
  }
  const attributes = new Map(
    Object.entries(element.attributes ?? {}).map(([key, value]) => [key, String(value ?? '')]),
  );
  return { name: localName(element.name ?? ''), attributes, children, text };
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Throws MalformedXML unless the element has this name, only children of these names, and no text beside them. */
export function requireShape(element: XmlElement, name: string, childNames: readonly string[]): void {
  if (element.name !== name) throw malformedXml();
  if (element.children.some((child) => !childNames.includes(child.name))) throw malformedXml();
  if (childNames.length > 0 && element.text.trim() !== '') throw malformedXml();
}

export function childrenNamed(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** Throws MalformedXML when it is there more than once. */
export function childNamed(element: XmlElement, name: string): XmlElement | undefined {
  const found = childrenNamed(element, name);
  if (found.length > 1) throw malformedXml();
  return found[0];
}

/** The text of the one child of this name. Throws MalformedXML when that child has children, or is not alone. */
export function childText(element: XmlElement, name: string): string | undefined {
  const child = childNamed(element, name);
  if (child !== undefined && child.children.length > 0) throw malformedXml();
  return child?.text;
}
