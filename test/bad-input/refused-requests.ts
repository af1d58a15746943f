import { createHash } from 'node:crypto';

import { objectPath, signedHead } from '../../bench/sign.ts';
import type { Endpoint, UnsignedRequest } from '../../bench/sign.ts';
import { badInputBucket, keptKey } from './malformed-requests.ts';
import type { BadRequest } from './malformed-requests.ts';

const kept = objectPath(badInputBucket, keptKey);
const put = { method: 'PUT', path: kept } as const;
const gibibyte = 1024 ** 3;

/** An overwriting PUT whose signed head is spoilt, or whose body is not what the head says. */
function spoiltPut(
  name: string,
  expected: readonly string[],
  spoilt: {
    readonly request?: Partial<UnsignedRequest>;
    readonly who?: Partial<Endpoint>;
    readonly head?: (head: string) => string;
    readonly body?: string;
  },
): BadRequest {
  const body = spoilt.body ?? 'changed';
  return {
    name,
    expected,
    script: (endpoint) => {
      const request = { ...put, contentLength: Buffer.byteLength(body), ...spoilt.request };
      const head = signedHead({ ...endpoint, ...spoilt.who }, request);
      return [spoilt.head?.(head) ?? head, body];
    },
  };
}

function authorization(value: string): (head: string) => string {
  return (head) => head.replace(/authorization: .*\r\n/, `authorization: ${value}\r\n`);
}

const minutes = (count: number): Date => new Date(Date.now() + count * 60_000);
const emptyHash = createHash('sha256').digest('hex');

const signatures: readonly BadRequest[] = [
  spoiltPut('no signature', ['403 AccessDenied'], { head: (head) => head.replace(/authorization: .*\r\n/, '') }),
  spoiltPut('an empty Authorization', ['403 AccessDenied', '400 AuthorizationHeaderMalformed', '400 InvalidArgument'], {
    head: authorization(''),
  }),
  spoiltPut('an Authorization of another kind', ['400 InvalidArgument'], {
    head: authorization('Basic a2V5OnNlY3JldA=='),
  }),
  spoiltPut('Signature V2', ['400 InvalidRequest'], { head: authorization('AWS testaccess:c2lnbmF0dXJl') }),
  spoiltPut('half an Authorization', ['400 AuthorizationHeaderMalformed'], {
    head: authorization('AWS4-HMAC-SHA256 Credential=testaccess'),
  }),
  spoiltPut('another service in the scope', ['400 AuthorizationHeaderMalformed'], {
    head: (head) => head.replace('/s3/aws4_request', '/ec2/aws4_request'),
  }),
  spoiltPut('a signature with one digit changed', ['403 SignatureDoesNotMatch'], {
    head: (head) => head.replace(/Signature=(.)/, (_, digit) => `Signature=${digit === '0' ? '1' : '0'}`),
  }),
  spoiltPut('a header changed after signing', ['403 SignatureDoesNotMatch'], {
    request: { headers: { 'x-amz-meta-a': '1' } },
    head: (head) => head.replace('x-amz-meta-a: 1', 'x-amz-meta-a: 2'),
  }),
  spoiltPut('an x-amz header that was not signed', ['403 AccessDenied', '403 SignatureDoesNotMatch'], {
    head: (head) => head.replace('\r\n\r\n', '\r\nx-amz-meta-b: 1\r\n\r\n'),
  }),
  spoiltPut('an unknown access key', ['403 InvalidAccessKeyId'], { who: { accessKey: 'nobody' } }),
  spoiltPut('a wrong secret key', ['403 SignatureDoesNotMatch'], { who: { secretKey: 'wrong-secret-key' } }),
  spoiltPut('a request from 16 minutes ago', ['403 RequestTimeTooSkewed'], { request: { date: minutes(-16) } }),
  spoiltPut('a request from in 16 minutes', ['403 RequestTimeTooSkewed'], { request: { date: minutes(16) } }),
  spoiltPut('signatures in header and query', ['400 InvalidArgument'], {
    head: (head) => head.replace(kept, `${kept}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0`),
  }),
  spoiltPut('half a presigned query', ['400 AuthorizationQueryParametersError', '403 AccessDenied'], {
    head: (head) => head.replace(/authorization: .*\r\n/, '').replace(kept, `${kept}?X-Amz-Algorithm=AWS4-HMAC-SHA256`),
  }),
];

const bodies: readonly BadRequest[] = [
  spoiltPut('another body than was hashed', ['400 XAmzContentSHA256Mismatch'], { request: { payloadHash: emptyHash } }),
  spoiltPut('a payload hash that is none', ['400 InvalidArgument'], { request: { payloadHash: 'hash' } }),
  spoiltPut('another body than Content-MD5 says', ['400 BadDigest'], {
    request: { headers: { 'content-md5': createHash('md5').digest('base64') } },
  }),
  spoiltPut('a Content-MD5 that is none', ['400 InvalidDigest'], { request: { headers: { 'content-md5': 'md5' } } }),
  spoiltPut('another body than its checksum says', ['400 BadDigest'], {
    request: { headers: { 'x-amz-checksum-crc32': 'AAAAAA==' } },
  }),
  spoiltPut('no length', ['411 MissingContentLength'], {
    head: (head) => head.replace(/content-length: .*\r\n/, ''),
    body: '',
  }),
  spoiltPut('6 GiB announced', ['400 EntityTooLarge'], { request: { contentLength: 6 * gibibyte } }),
  spoiltPut('a million gibibytes announced', ['400 EntityTooLarge'], { request: { contentLength: 1e6 * gibibyte } }),
  spoiltPut('HTTP chunks without a size', ['400 BadRequest', '501 NotImplemented'], {
    head: (head) => head.replace(/content-length: .*\r\n/, 'transfer-encoding: chunked\r\n'),
    body: 'changed\r\n\r\n',
  }),
];

const streaming = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
const trailer = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
const zeros = '0'.repeat(64);
const decoded = { 'content-encoding': 'aws-chunked', 'x-amz-decoded-content-length': '7' };

function chunked(
  name: string,
  expected: readonly string[],
  body: string,
  headers: Record<string, string> = decoded,
): BadRequest {
  return spoiltPut(name, expected, { request: { payloadHash: streaming, headers }, body });
}

function withTrailer(name: string, expected: readonly string[], body: string): BadRequest {
  const headers = { ...decoded, 'x-amz-trailer': 'x-amz-checksum-crc32' };
  return spoiltPut(name, expected, { request: { payloadHash: trailer, headers }, body });
}

const framing = ['400 IncompleteBody', '400 InvalidRequest', '403 SignatureDoesNotMatch'];

const awsChunks: readonly BadRequest[] = [
  chunked(
    'an aws-chunk with a wrong signature',
    ['403 SignatureDoesNotMatch'],
    `7;chunk-signature=${zeros}\r\nchanged\r\n0;chunk-signature=${zeros}\r\n\r\n`,
  ),
  chunked('an aws-chunk without a signature', framing, '7\r\nchanged\r\n0\r\n\r\n'),
  chunked('an aws-chunk without a size', framing, `;chunk-signature=${zeros}\r\nchanged\r\n`),
  chunked('an aws-chunk with a size that is none', framing, `xyz;chunk-signature=${zeros}\r\nchanged\r\n`),
  chunked(
    'an aws-chunk with a size beyond all numbers',
    [...framing, '400 EntityTooLarge'],
    `${'f'.repeat(40)};chunk-signature=${zeros}\r\nchanged\r\n`,
  ),
  chunked('an aws-chunk line that does not end', framing, `7;chunk-signature=${'0'.repeat(20_000)}`),
  chunked(
    'aws-chunks without a decoded length',
    ['411 MissingContentLength'],
    `7;chunk-signature=${zeros}\r\nchanged\r\n`,
    { 'content-encoding': 'aws-chunked' },
  ),
  chunked(
    'a decoded length that is none',
    ['400 InvalidArgument', '411 MissingContentLength'],
    `7;chunk-signature=${zeros}\r\nchanged\r\n`,
    { ...decoded, 'x-amz-decoded-content-length': 'seven' },
  ),
  withTrailer('aws-chunks that end too soon', framing, '3\r\ncha\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n'),
  withTrailer(
    'more in aws-chunks than was announced',
    [...framing, '400 EntityTooLarge'],
    '9\r\nchangeded\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n',
  ),
  withTrailer(
    'a wrong checksum in the trailer',
    ['400 BadDigest'],
    '7\r\nchanged\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n',
  ),
  withTrailer(
    'a checksum in the trailer that is none',
    ['400 InvalidRequest'],
    '7\r\nchanged\r\n0\r\nx-amz-checksum-crc32:none\r\n\r\n',
  ),
  withTrailer(
    'no trailer where one was announced',
    ['400 MalformedTrailerError', '400 IncompleteBody', '400 InvalidRequest'],
    '7\r\nchanged\r\n0\r\n\r\n',
  ),
  withTrailer(
    'a trailer that was not announced',
    ['400 MalformedTrailerError', '400 InvalidRequest'],
    '7\r\nchanged\r\n0\r\nx-amz-checksum-sha1:AAAA\r\n\r\n',
  ),
  withTrailer('bytes without a line end behind an aws-chunk', framing, '7\r\nchanged-and-more\r\n0\r\n\r\n'),
];

export const refusedRequests: readonly BadRequest[] = [...signatures, ...bodies, ...awsChunks];
