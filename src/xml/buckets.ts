import { S3Error } from '../errors/s3-error.ts';
import type { Tag } from '../s3/object-attributes.ts';
import type { Owner } from '../s3/owner.ts';
import { isoSeconds } from './iso-seconds.ts';
import { childNamed, childText, parseXml, requireShape } from './read.ts';
import { parseTags } from './tagging.ts';
import { element, optional, s3Root, writeXml } from './write.ts';

export interface ListedBucket {
  readonly name: string;
  readonly createdAt: Date;
  readonly region?: string;
}

export interface BucketListing {
  readonly owner: Owner;
  readonly buckets: readonly ListedBucket[];
  readonly continuationToken?: string;
  readonly prefix?: string;
}

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
export function listBucketsDocument({ owner, buckets, continuationToken, prefix }: BucketListing): string {
  return writeXml(
    s3Root('ListAllMyBucketsResult', [
      element('Owner', [element('ID', owner.id), element('DisplayName', owner.displayName)]),
      element(
        'Buckets',
        buckets.map(({ name, createdAt, region }) =>
          element('Bucket', [
            element('Name', name),
            element('CreationDate', isoSeconds(createdAt)),
            optional('BucketRegion', region),
          ]),
        ),
      ),
      optional('ContinuationToken', continuationToken),
      optional('Prefix', prefix),
    ]),
  );
}

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html */
export function locationDocument(location: string): string {
  return writeXml(s3Root('LocationConstraint', location));
}

export interface BucketConfiguration {
  readonly locationConstraint?: string;
  readonly tags: readonly Tag[];
}

/**
 * The body of CreateBucket. Throws MalformedXML; NotImplemented for a directory bucket.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
 */
export function parseBucketConfiguration(text: string): BucketConfiguration {
  const root = parseXml(text);
  requireShape(root, 'CreateBucketConfiguration', ['LocationConstraint', 'Location', 'Bucket', 'Tags']);
  if (childNamed(root, 'Location') !== undefined || childNamed(root, 'Bucket') !== undefined) {
    throw new S3Error('NotImplemented', { message: 'Directory buckets are not implemented.' });
  }
  const locationConstraint = childText(root, 'LocationConstraint')?.trim();
  const tags = childNamed(root, 'Tags');
  return {
    ...(locationConstraint !== undefined && { locationConstraint }),
    tags: tags === undefined ? [] : parseTags(tags, 'Tags'),
  };
}

/** A configuration that is there, and empty: `VersioningConfiguration`. */
export function emptyConfigurationDocument(name: string): string {
  return writeXml(s3Root(name));
}

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketRequestPayment.html */
export function requestPaymentDocument(payer: 'BucketOwner'): string {
  return writeXml(s3Root('RequestPaymentConfiguration', [element('Payer', payer)]));
}

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketOwnershipControls.html */
export function ownershipControlsDocument(ownership: 'BucketOwnerEnforced'): string {
  return writeXml(s3Root('OwnershipControls', [element('Rule', [element('ObjectOwnership', ownership)])]));
}
