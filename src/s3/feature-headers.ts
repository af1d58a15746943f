import { S3Error } from '../errors/s3-error.ts';
import type { RequestHead } from './request-head.ts';
import { isAbsentVersion } from './version-id.ts';
import { notImplementedHeader } from './write-condition.ts';

/** Server-side encryption in any form, and object lock. */
const lackedFamilies = [
  'x-amz-server-side-encryption',
  'x-amz-copy-source-server-side-encryption',
  'x-amz-object-lock-',
];

/** Headers of features that are not there, and of features of directory buckets. */
const lackedHeaders = new Set([
  'x-amz-if-match-initiated-time',
  'x-amz-if-match-last-modified-time',
  'x-amz-if-match-size',
  'x-amz-mfa',
  'x-amz-object-annotation-directive',
  'x-amz-website-redirect-location',
  'x-amz-write-offset-bytes',
]);

/** Headers of which some values ask for nothing but what is anyway so; in lower case. */
const harmlessValues = new Map([
  ['x-amz-bucket-namespace', ['global']],
  ['x-amz-bucket-object-lock-enabled', ['false']],
  ['x-amz-bypass-governance-retention', ['false']],
  ['x-amz-object-ownership', ['bucketownerenforced']],
  // No object was ever archived, so that none has a status of its restoring to tell.
  ['x-amz-optional-object-attributes', ['restorestatus']],
]);

/** Checksums that the SDK knows and this gateway does not. */
const lackedAlgorithms = ['md5', 'sha512', 'xxhash3', 'xxhash64', 'xxhash128'];
const algorithmHeaders = ['x-amz-checksum-algorithm', 'x-amz-sdk-checksum-algorithm'];

/** The operations that take a versionId. */
const versionedOperations = new Set([
  'DeleteObject',
  'DeleteObjectTagging',
  'GetObject',
  'GetObjectAcl',
  'GetObjectAttributes',
  'GetObjectTagging',
  'HeadObject',
  'PutObjectAcl',
  'PutObjectTagging',
]);

/**
 * Refuses a request to an implemented operation that asks for a feature which is not: 501 NotImplemented naming the
 * header. Throws InvalidArgument for a versionId that cannot be one, or where none is taken.
 */
export function refuseLackedFeatures(operationName: string, head: RequestHead): void {
  for (const [name, value] of head.headerList) {
    if (name.startsWith('x-amz-') && isLacked(name, value)) throw notImplementedHeader(name);
  }
  const versionId = head.query('versionId');
  if (versionId === undefined) return;
  if (!versionedOperations.has(operationName)) {
    throw new S3Error('InvalidArgument', {
      message: 'This operation does not accept a version-id.',
      details: { ArgumentName: 'versionId', ArgumentValue: versionId },
    });
  }
  isAbsentVersion(versionId);
}

function isLacked(name: string, value: string): boolean {
  if (lackedHeaders.has(name) || lackedFamilies.some((family) => name.startsWith(family))) return true;
  const harmless = harmlessValues.get(name);
  if (harmless !== undefined) return !harmless.includes(value.trim().toLowerCase());
  if (algorithmHeaders.includes(name)) return lackedAlgorithms.includes(value.trim().toLowerCase());
  if (name === 'x-amz-trailer') return value.split(',').some((field) => isLackedChecksum(field.trim().toLowerCase()));
  return isLackedChecksum(name);
}

function isLackedChecksum(name: string): boolean {
  return name.startsWith('x-amz-checksum-') && lackedAlgorithms.includes(name.slice('x-amz-checksum-'.length));
}
