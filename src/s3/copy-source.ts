import { S3Error } from '../errors/s3-error.ts';
import { checkObjectKey } from './object-key.ts';
import { isAbsentVersion } from './version-id.ts';
import { notImplementedHeader } from './write-condition.ts';

const header = 'x-amz-copy-source';
const versionQuery = '?versionId=';

export interface CopySource {
  readonly bucket: string;
  readonly key: string;
  /** A well-formed version id that no object here has. */
  readonly absentVersionId?: string;
}

/**
 * x-amz-copy-source: `bucket/key`, with or without a slash before it, percent-encoded with `+` for a space, and maybe
 * `?versionId=`. Throws InvalidArgument.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 */
export function parseCopySource(value: string): CopySource {
  if (/^(\/)?arn:/i.test(value)) throw notImplementedHeader(header);
  const mark = value.lastIndexOf(versionQuery);
  const path = decode(mark === -1 ? value : value.slice(0, mark), value);
  const versionId = mark === -1 ? undefined : decode(value.slice(mark + versionQuery.length), value);
  const [, bucket = '', key = ''] = /^\/?([^/]*)\/(.*)$/s.exec(path) ?? [];
  if (bucket === '' || key === '') {
    throw refusal('Copy Source must mention the source bucket and key: sourcebucket/sourcekey', value);
  }
  checkObjectKey(key);
  if (versionId === undefined || !isAbsentVersion(versionId)) return { bucket, key };
  return { bucket, key, absentVersionId: versionId };
}

function decode(text: string, value: string): string {
  try {
    const decoded = decodeURIComponent(text.replaceAll('+', ' '));
    if (!decoded.includes('\0')) return decoded;
  } catch {
    // A malformed escape: refused below, as NUL is.
  }
  throw refusal('Invalid copy source encoding.', value);
}

function refusal(message: string, value: string): S3Error {
  return new S3Error('InvalidArgument', { message, details: { ArgumentName: header, ArgumentValue: value } });
}
