import type { Tag } from '../s3/object-attributes.ts';
import { childNamed, childrenNamed, childText, parseXml, requireShape, type XmlElement } from './read.ts';
import { malformedXml } from './well-formed.ts';
import { element, s3Root, writeXml } from './write.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html */
export function taggingDocument(tags: readonly Tag[]): string {
  const tagSet = tags.map(({ key, value }) => element('Tag', [element('Key', key), element('Value', value)]));
  return writeXml(s3Root('Tagging', [element('TagSet', tagSet)]));
}

/** The tags of a Tagging document, unchecked. Throws MalformedXML. */
export function parseTagging(text: string): readonly Tag[] {
  const root = parseXml(text);
  requireShape(root, 'Tagging', ['TagSet']);
  const tagSet = childNamed(root, 'TagSet');
  if (tagSet === undefined) throw malformedXml();
  return parseTags(tagSet, 'TagSet');
}

/** The tags in an element that holds nothing else. */
export function parseTags(tagSet: XmlElement, name: string): readonly Tag[] {
  requireShape(tagSet, name, ['Tag']);
  return childrenNamed(tagSet, 'Tag').map((tag) => {
    requireShape(tag, 'Tag', ['Key', 'Value']);
    const key = childText(tag, 'Key');
    const value = childText(tag, 'Value');
    if (key === undefined || value === undefined) throw malformedXml();
    return { key, value };
  });
}
