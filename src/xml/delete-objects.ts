import { S3Error } from '../errors/s3-error.ts';
import { childrenNamed, childText, parseXml, requireShape, type XmlElement } from './read.ts';
import { malformedXml } from './well-formed.ts';
import { escapeText, s3Namespace, textElement, xmlDeclaration } from './write.ts';

export const maxDeletedObjects = 1000;

export interface DeleteEntry {
  readonly key: string;
  readonly versionId?: string;
  /** As it came, quoted or not. */
  readonly etag?: string;
}

export interface DeleteList {
  readonly quiet: boolean;
  readonly entries: readonly DeleteEntry[];
}

/** Conditions that only directory buckets have. */
const lackedConditions = ['LastModifiedTime', 'Size'];

/**
 * Throws MalformedXML, also for no key and for more than 1000; NotImplemented for conditions of directory buckets.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
 */
export function parseDeleteList(text: string): DeleteList {
  const root = parseXml(text);
  requireShape(root, 'Delete', ['Object', 'Quiet']);
  const objects = childrenNamed(root, 'Object');
  if (objects.length === 0 || objects.length > maxDeletedObjects) throw malformedXml();
  return { quiet: parseBoolean(childText(root, 'Quiet')), entries: objects.map(parseEntry) };
}

function parseEntry(object: XmlElement): DeleteEntry {
  requireShape(object, 'Object', ['Key', 'VersionId', 'ETag', ...lackedConditions]);
  const lacked = object.children.find((child) => lackedConditions.includes(child.name));
  if (lacked !== undefined) {
    throw new S3Error('NotImplemented', { message: `The condition ${lacked.name} is not implemented.` });
  }
  const key = childText(object, 'Key');
  if (key === undefined || key === '') throw malformedXml();
  const versionId = childText(object, 'VersionId');
  const etag = childText(object, 'ETag');
  return { key, ...(versionId !== undefined && { versionId }), ...(etag !== undefined && { etag }) };
}

function parseBoolean(text = 'false'): boolean {
  const value = text.trim().toLowerCase();
  if (value !== 'true' && value !== 'false') throw malformedXml();
  return value === 'true';
}

export interface DeleteOutcome {
  readonly key: string;
  readonly versionId?: string;
  /** Absent for what is deleted. */
  readonly error?: { readonly code: string; readonly message: string };
}

export function deleteResultDocument(outcomes: readonly DeleteOutcome[]): string {
  const entries = outcomes.map(({ key, versionId, error }) => {
    const name = error === undefined ? 'Deleted' : 'Error';
    const version = versionId === undefined ? '' : textElement('VersionId', versionId);
    const reason = error === undefined ? '' : textElement('Code', error.code) + textElement('Message', error.message);
    return `<${name}><Key>${escapeText(key)}</Key>${version}${reason}</${name}>`;
  });
  return `${xmlDeclaration}<DeleteResult xmlns="${s3Namespace}">${entries.join('')}</DeleteResult>`;
}
