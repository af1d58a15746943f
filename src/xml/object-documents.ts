import type { Checksum } from '../s3/checksum.ts';
import { quoteEtag } from '../s3/etag.ts';
import { isoSeconds } from './iso-seconds.ts';
import { element, optional, s3Root, writeXml, type XmlNode } from './write.ts';

export interface CopiedObject {
  readonly etag: string;
  readonly lastModified: Date;
  readonly checksum?: Checksum;
}

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
export function copyObjectDocument(copied: CopiedObject): string {
  return writeXml(s3Root('CopyObjectResult', copyElements(copied)));
}

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html */
export function copyPartDocument(copied: CopiedObject): string {
  return writeXml(s3Root('CopyPartResult', copyElements(copied, false)));
}

function copyElements({ etag, lastModified, checksum }: CopiedObject, withType = true): (XmlNode | undefined)[] {
  return [
    element('ETag', quoteEtag(etag)),
    element('LastModified', isoSeconds(lastModified)),
    withType ? optional('ChecksumType', checksum?.type) : undefined,
    checksumElement(checksum),
  ];
}

/** `ChecksumCRC32`: how the algorithm's value is named in documents. */
function checksumElement(checksum: Checksum | undefined): XmlNode | undefined {
  return checksum === undefined ? undefined : element(`Checksum${checksum.algorithm}`, checksum.value);
}

export interface NamedUpload {
  readonly bucket: string;
  readonly key: string;
  readonly uploadId: string;
}

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html */
export function createUploadDocument({ bucket, key, uploadId }: NamedUpload): string {
  return writeXml(
    s3Root('InitiateMultipartUploadResult', [
      element('Bucket', bucket),
      element('Key', key),
      element('UploadId', uploadId),
    ]),
  );
}

export interface CompletedObject {
  readonly location: string;
  readonly bucket: string;
  readonly key: string;
  readonly etag: string;
  readonly checksum?: Checksum;
}

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html */
export function completeUploadDocument(completed: CompletedObject): string {
  const { location, bucket, key, etag, checksum } = completed;
  return writeXml(
    s3Root('CompleteMultipartUploadResult', [
      element('Location', location),
      element('Bucket', bucket),
      element('Key', key),
      element('ETag', quoteEtag(etag)),
      checksumElement(checksum),
      optional('ChecksumType', checksum?.type),
    ]),
  );
}

/** What was asked for of an object's attributes; what was not, or is not there, is absent. */
export interface ObjectAttributes {
  readonly etag?: string;
  readonly checksum?: Checksum;
  readonly parts?: AttributedParts;
  readonly storageClass?: string;
  readonly sizeBytes?: number;
}

export interface AttributedParts {
  readonly count: number;
  /** Absent where the parts have no checksums: S3 then tells no more than their number. */
  readonly page?: {
    readonly marker: number;
    readonly nextMarker: number;
    readonly maxParts: number;
    readonly isTruncated: boolean;
    readonly parts: readonly { readonly partNumber: number; readonly sizeBytes: number; readonly checksum: Checksum }[];
  };
}

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html */
export function objectAttributesDocument(attributes: ObjectAttributes): string {
  const { etag, checksum, parts, storageClass, sizeBytes } = attributes;
  return writeXml(
    s3Root('GetObjectAttributesResponse', [
      optional('ETag', etag),
      checksum && element('Checksum', [checksumElement(checksum), element('ChecksumType', checksum.type)]),
      parts && element('ObjectParts', partsElements(parts)),
      optional('StorageClass', storageClass),
      optional('ObjectSize', sizeBytes),
    ]),
  );
}

function partsElements({ count, page }: AttributedParts): (XmlNode | undefined)[] {
  const total = element('PartsCount', String(count));
  if (page === undefined) return [total];
  return [
    element('IsTruncated', String(page.isTruncated)),
    element('MaxParts', String(page.maxParts)),
    element('NextPartNumberMarker', String(page.nextMarker)),
    element('PartNumberMarker', String(page.marker)),
    ...page.parts.map((part) =>
      element('Part', [
        element('PartNumber', String(part.partNumber)),
        element('Size', String(part.sizeBytes)),
        checksumElement(part.checksum),
      ]),
    ),
    total,
  ];
}
