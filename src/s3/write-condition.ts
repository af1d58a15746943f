import { S3Error } from '../errors/s3-error.ts';
import { bareEtag } from './etag.ts';
import { joinedHeader, type RequestHead } from './request-head.ts';

/** What a store must find true as it commits a write. */
export interface RequestedWriteCondition {
  readonly ifMatch?: string;
  readonly ifNoneMatch?: '*';
}

/** AWS has no dated conditions on writes; passing over one would overwrite what the client meant to keep. */
const refusedOnWrites = ['If-Modified-Since', 'If-Unmodified-Since', 'If-Range'];

/**
 * The condition of a write: If-None-Match with `*` and nothing else, or If-Match with one ETag; 501 for all others.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function writeCondition(head: RequestHead): RequestedWriteCondition | undefined {
  for (const name of refusedOnWrites) {
    if (head.header(name.toLowerCase()) !== undefined) throw notImplementedHeader(name);
  }
  const ifMatch = joinedHeader(head, 'if-match');
  const ifNoneMatch = joinedHeader(head, 'if-none-match');
  if (ifMatch !== undefined && ifNoneMatch !== undefined) throw notImplementedHeader('If-Match,If-None-Match');
  if (ifMatch !== undefined) return { ifMatch: bareEtag(ifMatch) };
  if (ifNoneMatch === undefined) return undefined;
  if (ifNoneMatch.trim() !== '*') throw notImplementedHeader('If-None-Match');
  return { ifNoneMatch: '*' };
}

/** The condition of a delete: If-Match alone. */
export function deleteCondition(head: RequestHead): RequestedWriteCondition | undefined {
  if (head.header('if-none-match') !== undefined) throw notImplementedHeader('If-None-Match');
  return writeCondition(head);
}

/** 501 naming the header, as AWS does. */
export function notImplementedHeader(name: string): S3Error {
  return new S3Error('NotImplemented', {
    message: 'A header you provided implies functionality that is not implemented',
    details: { Header: name },
  });
}

/** 501 naming the query parameter. */
export function notImplementedParameter(name: string): S3Error {
  return new S3Error('NotImplemented', {
    message: 'A query parameter you provided implies functionality that is not implemented',
    details: { ParameterName: name },
  });
}
