import { S3Error } from '../errors/s3-error.ts';

/** How S3's version ids look; any other text is none. */
const wellFormed = /^[A-Za-z0-9._-]{32}$/;

/**
 * Every object here has the one version that buckets without versioning have, named `null`. Says whether the id is
 * that of a version which might be elsewhere, so that the answer is NoSuchVersion; throws InvalidArgument for what is
 * no id at all.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/versioning-workflows.html
 */
export function isAbsentVersion(versionId: string | undefined): boolean {
  if (versionId === undefined || versionId === 'null') return false;
  if (wellFormed.test(versionId)) return true;
  throw new S3Error('InvalidArgument', {
    message: versionId === '' ? 'Version id cannot be the empty string' : 'Invalid version id specified',
    details: { ArgumentName: 'versionId', ArgumentValue: versionId },
  });
}

export function noSuchVersion(key: string, versionId: string): S3Error {
  return new S3Error('NoSuchVersion', { details: { Key: key, VersionId: versionId } });
}
