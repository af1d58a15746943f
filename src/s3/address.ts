import { S3Error } from '../errors/s3-error.ts';
import { checkObjectKey } from './object-key.ts';
import { percentDecode } from './query.ts';

/** What a request points to. `key` is never empty in an object's address. */
export type ResourceAddress =
  | { readonly kind: 'service' }
  | { readonly kind: 'bucket'; readonly bucket: string; readonly style: AddressStyle }
  | { readonly kind: 'object'; readonly bucket: string; readonly key: string; readonly style: AddressStyle };

export type AddressStyle = 'path' | 'virtual-host';

export interface RequestTarget {
  /** As on the wire, still escaped, without the query. */
  readonly rawPath: string;
  readonly rawQuery: string;
}

/** Splits a request line's target, in origin form or absolute form (RFC 9112 section 3.2). */
export function splitTarget(target: string): RequestTarget {
  const origin = target.startsWith('/') ? target : (/^https?:\/\/[^/?#]*(.*)$/i.exec(target)?.[1] ?? target);
  const question = origin.indexOf('?');
  const rawPath = question === -1 ? origin : origin.slice(0, question);
  return { rawPath: rawPath === '' ? '/' : rawPath, rawQuery: question === -1 ? '' : origin.slice(question + 1) };
}

/**
 * Path style for any Host, and virtual-host style where the Host is `BUCKET.DOMAIN` of a configured domain: both at
 * once. Throws InvalidURI, KeyTooLongError.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function parseAddress(rawPath: string, host: string, domains: readonly string[]): ResourceAddress {
  if (!rawPath.startsWith('/')) throw new S3Error('InvalidURI');
  const hosted = domains.length === 0 ? undefined : bucketOfHost(host, domains);
  if (hosted !== undefined) return inBucket(hosted, rawPath.slice(1), 'virtual-host');
  if (rawPath === '/') return { kind: 'service' };
  const slash = rawPath.indexOf('/', 1);
  const bucket = percentDecode(slash === -1 ? rawPath.slice(1) : rawPath.slice(1, slash));
  if (bucket === '') throw new S3Error('InvalidBucketName', { details: { BucketName: '' } });
  return inBucket(bucket, slash === -1 ? '' : rawPath.slice(slash + 1), 'path');
}

function inBucket(bucket: string, rawKey: string, style: AddressStyle): ResourceAddress {
  if (rawKey === '') return { kind: 'bucket', bucket, style };
  const key = percentDecode(rawKey);
  checkObjectKey(key);
  return { kind: 'object', bucket, key, style };
}

function bucketOfHost(host: string, domains: readonly string[]): string | undefined {
  const name = host.replace(/:\d*$/, '').toLowerCase();
  for (const domain of domains) {
    const suffix = `.${domain.toLowerCase()}`;
    if (name.length > suffix.length && name.endsWith(suffix)) return name.slice(0, -suffix.length);
  }
  return undefined;
}
