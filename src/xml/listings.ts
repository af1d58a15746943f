import type { Owner } from '../s3/owner.ts';
import { isoSeconds } from './iso-seconds.ts';
import { escapeText, s3Namespace, textElement, xmlDeclaration } from './write.ts';

/** Listings are written as strings: js2xml would take 5 ms for 1,000 keys. Golden files hold both to the same bytes. */

export interface ListedEntry {
  readonly key: string;
  readonly sizeBytes: number;
  /** Without quotes. */
  readonly etag: string;
  readonly lastModified: Date;
  readonly storageClass: string;
  readonly owner?: Owner;
  readonly checksumAlgorithm?: string;
  readonly checksumType?: string;
}

/** Keys, prefixes and markers come here as they are to be shown: url-encoded already where the client asked for that. */
export interface ObjectListing {
  readonly bucket: string;
  readonly prefix: string;
  readonly delimiter?: string;
  readonly encodingType?: string;
  readonly maxKeys: number;
  readonly isTruncated: boolean;
  readonly entries: readonly ListedEntry[];
  readonly commonPrefixes: readonly string[];
}

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html */
export function listObjectsDocument(listing: ObjectListing & { marker: string; nextMarker?: string }): string {
  return (
    open('ListBucketResult') +
    textElement('Name', listing.bucket) +
    textElement('Prefix', listing.prefix) +
    textElement('Marker', listing.marker) +
    optionalText('NextMarker', listing.nextMarker) +
    window(listing) +
    contents(listing) +
    '</ListBucketResult>'
  );
}

export interface ObjectListingV2 extends ObjectListing {
  readonly startAfter?: string;
  readonly continuationToken?: string;
  readonly nextContinuationToken?: string;
}

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export function listObjectsV2Document(listing: ObjectListingV2): string {
  return (
    open('ListBucketResult') +
    textElement('Name', listing.bucket) +
    textElement('Prefix', listing.prefix) +
    optionalText('StartAfter', listing.startAfter) +
    optionalText('ContinuationToken', listing.continuationToken) +
    optionalText('NextContinuationToken', listing.nextContinuationToken) +
    textElement('KeyCount', String(listing.entries.length + listing.commonPrefixes.length)) +
    window(listing) +
    contents(listing) +
    '</ListBucketResult>'
  );
}

function window(listing: ObjectListing): string {
  return (
    textElement('MaxKeys', String(listing.maxKeys)) +
    optionalText('Delimiter', listing.delimiter) +
    optionalText('EncodingType', listing.encodingType) +
    textElement('IsTruncated', String(listing.isTruncated))
  );
}

function contents(listing: ObjectListing): string {
  return listing.entries.map(entryElement).join('') + prefixes(listing.commonPrefixes);
}

/** Only the key, and an owner's name, can hold what needs escaping. */
function entryElement(entry: ListedEntry): string {
  const { checksumAlgorithm: algorithm, checksumType: type, owner } = entry;
  const checksum =
    (algorithm === undefined ? '' : `<ChecksumAlgorithm>${algorithm}</ChecksumAlgorithm>`) +
    (type === undefined ? '' : `<ChecksumType>${type}</ChecksumType>`);
  return (
    `<Contents><Key>${escapeText(entry.key)}</Key><LastModified>${isoSeconds(entry.lastModified)}</LastModified>` +
    `<ETag>&quot;${entry.etag}&quot;</ETag>${checksum}<Size>${entry.sizeBytes}</Size>` +
    (owner === undefined ? '' : ownerElement('Owner', owner)) +
    `<StorageClass>${entry.storageClass}</StorageClass></Contents>`
  );
}

function prefixes(commonPrefixes: readonly string[]): string {
  return commonPrefixes
    .map((prefix) => `<CommonPrefixes><Prefix>${escapeText(prefix)}</Prefix></CommonPrefixes>`)
    .join('');
}

export interface ListedUpload {
  readonly key: string;
  readonly uploadId: string;
  readonly owner: Owner;
  readonly storageClass: string;
  readonly initiatedAt: Date;
  readonly checksumAlgorithm?: string;
  readonly checksumType?: string;
}

export interface UploadListing {
  readonly bucket: string;
  readonly keyMarker: string;
  readonly uploadIdMarker: string;
  readonly nextKeyMarker?: string;
  readonly nextUploadIdMarker?: string;
  readonly prefix: string;
  readonly delimiter?: string;
  readonly encodingType?: string;
  readonly maxUploads: number;
  readonly isTruncated: boolean;
  readonly uploads: readonly ListedUpload[];
  readonly commonPrefixes: readonly string[];
}

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html */
export function listUploadsDocument(listing: UploadListing): string {
  return (
    open('ListMultipartUploadsResult') +
    textElement('Bucket', listing.bucket) +
    textElement('KeyMarker', listing.keyMarker) +
    textElement('UploadIdMarker', listing.uploadIdMarker) +
    optionalText('NextKeyMarker', listing.nextKeyMarker) +
    optionalText('NextUploadIdMarker', listing.nextUploadIdMarker) +
    textElement('Prefix', listing.prefix) +
    optionalText('Delimiter', listing.delimiter) +
    optionalText('EncodingType', listing.encodingType) +
    textElement('MaxUploads', String(listing.maxUploads)) +
    textElement('IsTruncated', String(listing.isTruncated)) +
    listing.uploads.map(uploadElement).join('') +
    prefixes(listing.commonPrefixes) +
    '</ListMultipartUploadsResult>'
  );
}

function uploadElement(upload: ListedUpload): string {
  return (
    `<Upload><Key>${escapeText(upload.key)}</Key>` +
    textElement('UploadId', upload.uploadId) +
    ownerElement('Initiator', upload.owner) +
    ownerElement('Owner', upload.owner) +
    textElement('StorageClass', upload.storageClass) +
    textElement('Initiated', isoSeconds(upload.initiatedAt)) +
    optionalText('ChecksumAlgorithm', upload.checksumAlgorithm) +
    optionalText('ChecksumType', upload.checksumType) +
    '</Upload>'
  );
}

export interface ListedPart {
  readonly partNumber: number;
  readonly sizeBytes: number;
  readonly etag: string;
  readonly lastModified: Date;
  readonly checksum?: { readonly algorithm: string; readonly value: string };
}

export interface PartListing {
  readonly bucket: string;
  readonly key: string;
  readonly uploadId: string;
  readonly owner: Owner;
  readonly storageClass: string;
  readonly checksumAlgorithm?: string;
  readonly checksumType?: string;
  readonly partNumberMarker: number;
  readonly nextPartNumberMarker: number;
  readonly maxParts: number;
  readonly isTruncated: boolean;
  readonly parts: readonly ListedPart[];
}

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html */
export function listPartsDocument(listing: PartListing): string {
  return (
    open('ListPartsResult') +
    textElement('Bucket', listing.bucket) +
    textElement('Key', listing.key) +
    textElement('UploadId', listing.uploadId) +
    ownerElement('Initiator', listing.owner) +
    ownerElement('Owner', listing.owner) +
    textElement('StorageClass', listing.storageClass) +
    textElement('PartNumberMarker', String(listing.partNumberMarker)) +
    textElement('NextPartNumberMarker', String(listing.nextPartNumberMarker)) +
    textElement('MaxParts', String(listing.maxParts)) +
    textElement('IsTruncated', String(listing.isTruncated)) +
    optionalText('ChecksumAlgorithm', listing.checksumAlgorithm) +
    optionalText('ChecksumType', listing.checksumType) +
    listing.parts.map(partElement).join('') +
    '</ListPartsResult>'
  );
}

function partElement({ partNumber, lastModified, etag, sizeBytes, checksum }: ListedPart): string {
  return (
    `<Part><PartNumber>${String(partNumber)}</PartNumber><LastModified>${isoSeconds(lastModified)}</LastModified>` +
    `<ETag>&quot;${etag}&quot;</ETag><Size>${String(sizeBytes)}</Size>` +
    (checksum === undefined ? '' : textElement(`Checksum${checksum.algorithm}`, checksum.value)) +
    '</Part>'
  );
}

function open(name: string): string {
  return `${xmlDeclaration}<${name} xmlns="${s3Namespace}">`;
}

function optionalText(name: string, text: string | undefined): string {
  return text === undefined ? '' : textElement(name, text);
}

function ownerElement(name: string, owner: Owner): string {
  return `<${name}><ID>${owner.id}</ID><DisplayName>${escapeText(owner.displayName)}</DisplayName></${name}>`;
}
