import { S3Error } from '../errors/s3-error.ts';
import { asymmetricNotImplemented, type SignatureClaim } from './authorization-header.ts';
import { inQuery, parseCredential } from './credential.ts';
import type { QueryParameter } from './query-parameters.ts';
import { parseBasicTime, type RequestTime } from './request-time.ts';
import type { HeaderList } from './verifier.ts';

export interface PresignedClaim extends SignatureClaim {
  readonly time: RequestTime;
  readonly expiresSeconds: number;
  readonly securityToken: string | undefined;
  readonly contentSha256: string | undefined;
}

const maxExpiresSeconds = 7 * 24 * 60 * 60;
const required = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Signature',
  'X-Amz-Date',
  'X-Amz-SignedHeaders',
  'X-Amz-Expires',
] as const;
// SDKs write the last two in lower case too: they were headers before.
const known: ReadonlyMap<string, string> = new Map([
  ...required.map((name) => [name, name] as const),
  ['X-Amz-Security-Token', 'X-Amz-Security-Token'],
  ['x-amz-security-token', 'X-Amz-Security-Token'],
  ['X-Amz-Content-Sha256', 'X-Amz-Content-Sha256'],
  ['x-amz-content-sha256', 'X-Amz-Content-Sha256'],
]);
// S3 takes checksums from headers alone. SDKs put that of an empty body into the URLs they presign.
const neverHeaders = /^x-amz-(?:checksum-|sdk-checksum-algorithm$|user-agent$)/;

function refusal(message: string): S3Error {
  return new S3Error('AuthorizationQueryParametersError', { message });
}

/** Whether the query holds a Signature V4, whole or not. */
export function isPresigned(parameters: readonly QueryParameter[]): boolean {
  return parameters.some(
    ({ name }) => name === 'X-Amz-Algorithm' || name === 'X-Amz-Credential' || name === 'X-Amz-Signature',
  );
}

function collect(parameters: readonly QueryParameter[]): Map<string, string> {
  const values = new Map<string, string>();
  for (const { name: spelling, value } of parameters) {
    const name = known.get(spelling);
    if (name === undefined) continue;
    if (values.has(name)) throw refusal(`The parameter ${name} must be given only once.`);
    values.set(name, value);
  }
  if (required.every((name) => (values.get(name) ?? '') !== '')) return values;
  throw refusal(
    'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
  );
}

function parseExpires(text: string): number {
  if (!/^-?\d+$/.test(text)) throw refusal('X-Amz-Expires should be a number');
  const seconds = Number(text);
  if (seconds < 0) throw refusal('X-Amz-Expires must be non-negative');
  if (seconds <= maxExpiresSeconds) return seconds;
  throw refusal(
    `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${String(maxExpiresSeconds)} seconds`,
  );
}

/** AuthorizationQueryParametersError for what is missing, malformed or given twice. */
export function parsePresignedQuery(parameters: readonly QueryParameter[]): PresignedClaim {
  const values = collect(parameters);
  const algorithm = values.get('X-Amz-Algorithm');
  if (algorithm === 'AWS4-ECDSA-P256-SHA256') throw asymmetricNotImplemented('X-Amz-Algorithm');
  if (algorithm !== 'AWS4-HMAC-SHA256') {
    throw refusal('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"');
  }
  const credential = parseCredential(values.get('X-Amz-Credential') ?? '', inQuery);
  const time = parseBasicTime(values.get('X-Amz-Date') ?? '');
  if (time === undefined) {
    throw refusal("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  }
  return {
    credential,
    time,
    expiresSeconds: parseExpires(values.get('X-Amz-Expires') ?? ''),
    signedHeaders: values.get('X-Amz-SignedHeaders') ?? '',
    signature: values.get('X-Amz-Signature') ?? '',
    securityToken: values.get('X-Amz-Security-Token'),
    contentSha256: values.get('X-Amz-Content-Sha256'),
  };
}

/** The parameters that stand for headers in a presigned request, such as x-amz-meta-* and x-amz-tagging. */
export function presignedHeaders(parameters: readonly QueryParameter[]): HeaderList {
  const headers: [string, string][] = [];
  for (const { name, value } of parameters) {
    if (known.has(name)) continue;
    const header = name.toLowerCase();
    if (header.startsWith('x-amz-') && !neverHeaders.test(header)) headers.push([header, value]);
  }
  return headers;
}
