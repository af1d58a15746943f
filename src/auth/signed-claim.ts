import { hash } from 'node:crypto';
import { S3Error } from '../errors/s3-error.ts';
import { parseAuthorization, unsupportedMechanism, type SignatureClaim } from './authorization-header.ts';
import { canonicalRequest, foldHeaders, type FoldedHeaders } from './canonical-request.ts';
import { inHeader, inQuery, requireRegion, requireSameDay } from './credential.ts';
import { payloadForm, type PayloadForm } from './payload-promise.ts';
import { canonicalPath } from './percent-encoding.ts';
import { isPresigned, parsePresignedQuery, presignedHeaders } from './presigned-query.ts';
import { canonicalQuery, parseQuery, type QueryParameter } from './query-parameters.ts';
import { refuseOutsideOf, refuseSkew, requestTime } from './request-time.ts';
import type { HeaderList, SignedRequest } from './verifier.ts';

/** A request's signature and what it was made from, with everything checked that takes no secret. */
export interface SignedClaim extends SignatureClaim {
  readonly dateTime: string;
  /** The value that x-amz-content-sha256 has, or stands for. */
  readonly payloadHash: string;
  readonly payload: PayloadForm;
  readonly securityToken: string | undefined;
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  readonly presignedHeaders: HeaderList;
}

export interface ClaimOptions {
  readonly region: string;
  /** Refuse every other region in the scope; else any is taken. */
  readonly isRegionStrict: boolean;
}

type UnboundClaim = Omit<SignedClaim, 'payload' | 'canonicalRequest' | 'stringToSign'>;

const none: HeaderList = [];
const oneMechanism =
  'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified';
// CloudFront adds it behind the client's back.
const neverSigned = 'x-amz-cf-id';

/** SHA-256 in hex of text that holds one character per byte. */
export function sha256Hex(text: string): string {
  return hash('sha256', Buffer.from(text, 'latin1'), 'hex');
}

function isVersion2(parameters: readonly QueryParameter[]): boolean {
  return parameters.some(({ name }) => name === 'Signature' || name === 'AWSAccessKeyId');
}

function refuseUnsignedHeaders(headers: FoldedHeaders, signedHeaders: string): void {
  const signed = signedHeaders.split(';');
  const missing: string[] = [];
  for (const name of headers.keys()) {
    const mustBeSigned = name === 'host' || (name.startsWith('x-amz-') && name !== neverSigned);
    if (mustBeSigned && !signed.includes(name)) missing.push(name);
  }
  if (missing.length === 0) return;
  throw new S3Error('AccessDenied', {
    message: 'There were headers present in the request which were not signed',
    details: { HeadersNotSigned: missing.join(', ') },
  });
}

function claimInHeader(value: string, headers: FoldedHeaders, now: Date, options: ClaimOptions): UnboundClaim {
  const claim = parseAuthorization(value);
  const time = requestTime(headers.get('x-amz-date'), headers.get('date'));
  requireSameDay(claim.credential, time.dateTime, inHeader);
  if (options.isRegionStrict) requireRegion(claim.credential, options.region, inHeader);
  const payloadHash = headers.get('x-amz-content-sha256');
  if (payloadHash === undefined) {
    throw new S3Error('InvalidRequest', {
      message: 'Missing required header for this request: x-amz-content-sha256',
    });
  }
  refuseSkew(time, now);
  return {
    credential: claim.credential,
    signedHeaders: claim.signedHeaders,
    signature: claim.signature,
    dateTime: time.dateTime,
    payloadHash,
    securityToken: headers.get('x-amz-security-token'),
    presignedHeaders: none,
  };
}

function claimInQuery(
  parameters: readonly QueryParameter[],
  headers: FoldedHeaders,
  now: Date,
  options: ClaimOptions,
): UnboundClaim {
  const claim = parsePresignedQuery(parameters);
  requireSameDay(claim.credential, claim.time.dateTime, inQuery);
  if (options.isRegionStrict) requireRegion(claim.credential, options.region, inQuery);
  refuseOutsideOf(claim.time, claim.expiresSeconds, now);
  return {
    credential: claim.credential,
    signedHeaders: claim.signedHeaders,
    signature: claim.signature,
    dateTime: claim.time.dateTime,
    payloadHash: claim.contentSha256 ?? headers.get('x-amz-content-sha256') ?? 'UNSIGNED-PAYLOAD',
    securityToken: claim.securityToken ?? headers.get('x-amz-security-token'),
    presignedHeaders: presignedHeaders(parameters),
  };
}

/**
 * Undefined for a request without any signature. Throws S3's error for one that is malformed, of another mechanism,
 * given twice, out of its time, or that leaves headers unsigned.
 */
export function readClaim(request: SignedRequest, options: ClaimOptions): SignedClaim | undefined {
  const headers = foldHeaders(request.headers);
  const parameters = parseQuery(request.rawQuery);
  const authorization = headers.get('authorization');
  const isInQuery = isPresigned(parameters);
  const hasVersion2 = isVersion2(parameters);
  if (authorization !== undefined) {
    const isRepeated = request.headers.filter(([name]) => name.toLowerCase() === 'authorization').length > 1;
    if (isInQuery || hasVersion2 || isRepeated) {
      const details = { ArgumentName: 'Authorization', ArgumentValue: authorization };
      throw new S3Error('InvalidArgument', { message: oneMechanism, details });
    }
  } else if (hasVersion2) {
    throw unsupportedMechanism();
  } else if (!isInQuery) {
    return undefined;
  }
  const claim =
    authorization === undefined
      ? claimInQuery(parameters, headers, request.now, options)
      : claimInHeader(authorization, headers, request.now, options);
  const payload = payloadForm(claim.payloadHash);
  refuseUnsignedHeaders(headers, claim.signedHeaders);
  const canonical = canonicalRequest({
    method: request.method,
    path: canonicalPath(request.rawPath),
    query: canonicalQuery(parameters),
    headers,
    signedHeaders: claim.signedHeaders,
    payloadHash: claim.payloadHash,
  });
  const stringToSign = `AWS4-HMAC-SHA256\n${claim.dateTime}\n${claim.credential.scope}\n${sha256Hex(canonical)}`;
  return Object.assign(claim, { payload, canonicalRequest: canonical, stringToSign });
}
