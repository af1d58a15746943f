import { checksumHeader, type Checksum } from './checksum.ts';
import { quoteEtag } from './etag.ts';
import { formatHttpDate } from './http-date.ts';
import { systemHeaderNames, type SystemHeaders, type Tag, type UserMetadata } from './object-attributes.ts';
import type { RequestHead } from './request-head.ts';
import { addUserMetadata } from './user-metadata.ts';

/** What S3 takes an object for whose writer did not say. */
export const defaultContentType = 'binary/octet-stream';
export const defaultStorageClass = 'STANDARD';

/** The system headers of a write, as they are kept. */
export function readSystemHeaders(head: RequestHead): SystemHeaders {
  const headers: Partial<Record<keyof SystemHeaders, string>> = {};
  for (const name of systemHeaderNames) {
    const value = head.header(name);
    if (value !== undefined && value !== '') headers[name] = value;
  }
  const encoding = keptEncoding(headers['content-encoding']);
  if (encoding === undefined) delete headers['content-encoding'];
  else headers['content-encoding'] = encoding;
  headers['content-type'] ??= defaultContentType;
  return headers;
}

/** `aws-chunked` is how the request was sent, not what the object is: S3 keeps the other encodings alone. */
function keptEncoding(value: string | undefined): string | undefined {
  if (value === undefined || !/aws-chunked/i.test(value)) return value;
  const kept = value.split(',').filter((coding) => coding.trim().toLowerCase() !== 'aws-chunked');
  return kept.length === 0 ? undefined : kept.join(',').trim();
}

export interface DescribedObject {
  readonly headers: SystemHeaders;
  readonly metadata: UserMetadata;
  readonly tags: readonly Tag[];
  readonly storageClass: string;
  readonly etag: string;
  readonly lastModified: Date;
}

/** The headers of GetObject and HeadObject that say what an object is, but for length, range and checksum. */
export function describeObject(object: DescribedObject): Record<string, string> {
  const headers: Record<string, string> = {
    'last-modified': formatHttpDate(object.lastModified),
    etag: quoteEtag(object.etag),
    'accept-ranges': 'bytes',
  };
  for (const name of systemHeaderNames) {
    const value = object.headers[name];
    if (value !== undefined) headers[name] = value;
  }
  headers['content-type'] ??= defaultContentType;
  addUserMetadata(object.metadata, headers);
  if (object.storageClass !== defaultStorageClass) headers['x-amz-storage-class'] = object.storageClass;
  if (object.tags.length > 0) headers['x-amz-tagging-count'] = String(object.tags.length);
  return headers;
}

/** What a 304 repeats of it (RFC 9110 section 15.4.5). */
export function describeUnmodified(object: DescribedObject): Record<string, string> {
  const headers: Record<string, string> = {
    'last-modified': formatHttpDate(object.lastModified),
    etag: quoteEtag(object.etag),
  };
  for (const name of ['cache-control', 'expires'] as const) {
    const value = object.headers[name];
    if (value !== undefined) headers[name] = value;
  }
  return headers;
}

export function checksumHeaders(checksum: Checksum | undefined): Record<string, string> {
  if (checksum === undefined) return {};
  return { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type };
}
