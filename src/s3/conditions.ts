import { S3Error } from '../errors/s3-error.ts';
import { matchesStrongly, matchesWeakly } from './etag.ts';
import { parseHttpDate, wholeSeconds } from './http-date.ts';
import { joinedHeader, type RequestHead } from './request-head.ts';

/** What a condition is compared with. */
export interface ConditionSubject {
  /** Bare. */
  readonly etag: string;
  readonly lastModified: Date;
}

type FailedCondition = 'If-Match' | 'If-None-Match' | 'If-Modified-Since' | 'If-Unmodified-Since';

/**
 * The conditions of GetObject and HeadObject in the precedence of RFC 9110 section 13.2.2: an ETag decides where one
 * is given, and the date beside it is passed over. Throws PreconditionFailed.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-reads.html
 */
export function checkReadConditions(head: RequestHead, subject: ConditionSubject): 'met' | 'not-modified' {
  const failed = firstFailure(head, '', subject);
  if (failed === undefined) return 'met';
  if (failed === 'If-None-Match' || failed === 'If-Modified-Since') return 'not-modified';
  throw preconditionFailed(failed);
}

/** The x-amz-copy-source-if-* conditions of CopyObject and UploadPartCopy: whichever fails, PreconditionFailed. */
export function checkCopySourceConditions(head: RequestHead, source: ConditionSubject): void {
  const failed = firstFailure(head, 'x-amz-copy-source-', source);
  if (failed !== undefined) throw preconditionFailed(`x-amz-copy-source-${failed}`);
}

export function preconditionFailed(condition: string): S3Error {
  return new S3Error('PreconditionFailed', { details: { Condition: condition } });
}

function firstFailure(head: RequestHead, prefix: string, subject: ConditionSubject): FailedCondition | undefined {
  const ifMatch = joinedHeader(head, `${prefix}if-match`);
  if (ifMatch !== undefined) {
    if (!matchesStrongly(ifMatch, subject.etag)) return 'If-Match';
  } else if (isNewer(head.header(`${prefix}if-unmodified-since`), subject) === true) {
    return 'If-Unmodified-Since';
  }
  const ifNoneMatch = joinedHeader(head, `${prefix}if-none-match`);
  if (ifNoneMatch !== undefined) {
    if (matchesWeakly(ifNoneMatch, subject.etag)) return 'If-None-Match';
  } else if (isNewer(head.header(`${prefix}if-modified-since`), subject) === false) {
    return 'If-Modified-Since';
  }
  return undefined;
}

/** Whether the subject changed after the header's date; undefined without a date to compare with. */
function isNewer(header: string | undefined, subject: ConditionSubject): boolean | undefined {
  const date = header === undefined ? undefined : parseHttpDate(header);
  return date === undefined ? undefined : wholeSeconds(subject.lastModified) > wholeSeconds(date);
}

/** Whether a Range header stands: If-Range asks for the whole object when that is no longer the same one. */
export function isRangeInForce(head: RequestHead, subject: ConditionSubject): boolean {
  const ifRange = head.header('if-range');
  if (ifRange === undefined) return true;
  const date = parseHttpDate(ifRange);
  if (date !== undefined) return wholeSeconds(subject.lastModified) === wholeSeconds(date);
  return ifRange.trim() !== '*' && matchesStrongly(ifRange, subject.etag);
}
