import { S3Error, type S3ErrorOptions } from '../../../errors/s3-error.ts';
import type { S3ErrorCode } from '../../../errors/codes.ts';
import type { WriteCondition } from '../../values.ts';
import { OmError, OmOutcomeUnknown, OmUnavailable } from './om-error.ts';

/** What a failed call was about: for the code that S3 has for it, and its details. */
export interface OmSubject {
  readonly bucket?: string | undefined;
  readonly key?: string | undefined;
  readonly uploadId?: string | undefined;
  readonly condition?: WriteCondition | undefined;
}

type Reading = readonly [code: S3ErrorCode, message?: string];

/** hadoop.ozone.Status to S3, where nothing but the status matters. What is in no table is InternalError. */
const readings: Readonly<Record<string, Reading>> = {
  ACCESS_DENIED: ['AccessDenied'],
  PERMISSION_DENIED: ['AccessDenied'],
  INVALID_TOKEN: ['AccessDenied'],
  TOKEN_EXPIRED: ['AccessDenied'],
  UNAUTHORIZED: ['AccessDenied'],
  BUCKET_NOT_FOUND: ['NoSuchBucket'],
  VOLUME_NOT_FOUND: ['NoSuchBucket'],
  DETECTED_LOOP_IN_BUCKET_LINKS: ['NoSuchBucket', 'The bucket is a link that leads back to itself'],
  BUCKET_ALREADY_EXISTS: ['BucketAlreadyExists'],
  BUCKET_NOT_EMPTY: ['BucketNotEmpty'],
  INVALID_BUCKET_NAME: ['InvalidBucketName'],
  TOO_MANY_BUCKETS: ['TooManyBuckets'],
  KEY_NOT_FOUND: ['NoSuchKey'],
  FILE_NOT_FOUND: ['NoSuchKey'],
  DIRECTORY_NOT_FOUND: ['NoSuchKey'],
  NO_SUCH_MULTIPART_UPLOAD_ERROR: ['NoSuchUpload'],
  KEY_ALREADY_EXISTS: ['PreconditionFailed'],
  ETAG_MISMATCH: ['PreconditionFailed'],
  ETAG_NOT_AVAILABLE: ['PreconditionFailed'],
  ATOMIC_WRITE_CONFLICT: ['ConditionalRequestConflict'],
  INVALID_KEY_NAME: ['InvalidArgument', 'Ozone does not take an object of this name in this bucket'],
  INVALID_PATH: ['InvalidArgument', 'Ozone does not take an object of this name in this bucket'],
  FILE_ALREADY_EXISTS: ['InvalidRequest', 'The bucket is a file system: there is a file or directory of this name'],
  NOT_A_FILE: [
    'InvalidRequest',
    'The bucket is a file system: what this name lies in, or names, is not as it needs to be',
  ],
  DIRECTORY_NOT_EMPTY: ['InvalidRequest', 'The bucket is a file system: the directory is not empty'],
  INVALID_PART: ['InvalidPart'],
  INVALID_PART_ORDER: ['InvalidPartOrder'],
  ENTITY_TOO_SMALL: ['EntityTooSmall'],
  INVALID_REQUEST: ['InvalidRequest'],
  NOT_SUPPORTED_OPERATION: ['NotImplemented'],
  FEATURE_NOT_ENABLED: ['NotImplemented'],
  NOT_SUPPORTED_OPERATION_PRIOR_FINALIZATION: ['NotImplemented', 'Ozone does this after its upgrade is finalized'],
  QUOTA_EXCEEDED: ['QuotaExceeded'],
  TIMEOUT: ['ServiceUnavailable'],
  SCM_IN_SAFE_MODE: ['ServiceUnavailable', 'The cluster is starting: it takes no writes yet.'],
  NOT_SUPPORTED_OPERATION_WHEN_PREPARED: ['ServiceUnavailable', 'The cluster is prepared for an upgrade.'],
  SCM_GET_PIPELINE_EXCEPTION: ['ServiceUnavailable', 'The cluster has no datanodes to write to.'],
};

/** The SCM's refusals to give blocks have no status of their own. */
const noDatanodes =
  /(?:No enough|Unable to find (?:enough|required)|No satisfied|Not enough healthy).*(?:node|pipeline)|Could not allocate container|Cannot get any matching pipeline|Unable to allocate/i;

/** What an operator has to look at, for failures that only an operator can end. */
const advice: Readonly<Record<string, string>> = {
  SCM_IN_SAFE_MODE: 'ozone admin safemode status says what the SCM waits for: mostly datanodes that do not report',
  SCM_GET_PIPELINE_EXCEPTION: 'ozone admin datanode list: are enough datanodes healthy, with room on their disks?',
  QUOTA_EXCEEDED: 'ozone sh bucket info and ozone sh volume info show the quotas and what is used of them',
  NOT_SUPPORTED_OPERATION_WHEN_PREPARED: 'ozone admin om cancelprepare ends it',
};

/** The one reading of a failed call of the OM in S3's terms. What is no failure of the OM stays as it is. */
export function toS3Error(error: unknown, about: OmSubject = {}): unknown {
  if (error instanceof OmUnavailable || error instanceof OmOutcomeUnknown) {
    return new S3Error('ServiceUnavailable', { headers: { 'retry-after': '1' }, cause: error });
  }
  if (!(error instanceof OmError)) return error;
  const status = statusOf(error);
  const [code, read] = readings[status] ?? (['InternalError'] as const);
  const message = read ?? linkMessage(error, about);
  const options: S3ErrorOptions = { details: detailsOf(code, about), cause: error };
  const retry = code === 'ServiceUnavailable' ? { headers: { 'retry-after': '1' } } : {};
  return new S3Error(code, { ...options, ...retry, ...(message === undefined ? {} : { message }) });
}

/** The OM names the bucket that it missed: the source, for a link. */
function linkMessage({ status, message }: OmError, { bucket }: OmSubject): string | undefined {
  const [, missed] = /^Bucket not found: ([^/]+\/[^/]+)$/.exec(message) ?? [];
  if (status !== 'BUCKET_NOT_FOUND' || bucket === undefined || missed === undefined) return undefined;
  return missed.endsWith(`/${bucket}`) ? undefined : `The bucket is a link to ${missed}, which does not exist`;
}

/** What to look at, for the log; undefined where the client alone is concerned, or nothing is known. */
export function adviceOn(error: unknown): string | undefined {
  return error instanceof OmError ? advice[statusOf(error)] : undefined;
}

/** The error's status, or the one that it should have. */
export function statusOf(error: OmError): string {
  const { status, message } = error;
  return status === 'INTERNAL_ERROR' && noDatanodes.test(message) ? 'SCM_GET_PIPELINE_EXCEPTION' : status;
}

function detailsOf(code: S3ErrorCode, about: OmSubject): Readonly<Record<string, string>> {
  const { bucket, key, uploadId, condition } = about;
  if (code === 'NoSuchBucket' || code === 'BucketAlreadyExists' || code === 'BucketNotEmpty')
    return named('BucketName', bucket);
  if (code === 'NoSuchKey') return named('Key', key);
  if (code === 'NoSuchUpload') return named('UploadId', uploadId);
  if (code !== 'PreconditionFailed' && code !== 'ConditionalRequestConflict') return {};
  return { Condition: condition?.ifMatch === undefined ? 'If-None-Match' : 'If-Match' };
}

function named(name: string, value: string | undefined): Readonly<Record<string, string>> {
  return value === undefined ? {} : { [name]: value };
}
