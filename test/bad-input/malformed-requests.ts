import { createHash } from 'node:crypto';

import { encode, objectPath, signedHead } from '../../bench/sign.ts';
import type { Endpoint, UnsignedRequest } from '../../bench/sign.ts';
import type { Script } from './raw-exchange.ts';

export const badInputBucket = 'bad-input';
export const keptKey = 'kept';

export interface BadRequest {
  readonly name: string;
  /** As `summary` says it; one of them. */
  readonly expected: readonly string[];
  readonly script: (endpoint: Endpoint) => Script;
}

const kept = objectPath(badInputBucket, keptKey);

function withBody(endpoint: Endpoint, request: Omit<UnsignedRequest, 'contentLength'>, body: string | Buffer): Script {
  const bytes = Buffer.from(body as string);
  return [signedHead(endpoint, { ...request, contentLength: bytes.length }), bytes];
}

function deleteObjects(name: string, document: string | Buffer, ...expected: string[]): BadRequest {
  const md5 = createHash('md5').update(document).digest('base64');
  const request = {
    method: 'POST',
    path: `/${badInputBucket}`,
    query: { delete: '' },
    headers: { 'content-md5': md5 },
  };
  return { name, expected, script: (endpoint) => withBody(endpoint, request, document) };
}

/** A signed request whose head is then spoilt. */
function spoiltHead(name: string, spoil: (head: string) => string, ...expected: string[]): BadRequest {
  return {
    name,
    expected,
    script: (endpoint) => [spoil(signedHead(endpoint, { method: 'GET', path: kept }))],
  };
}

/** Signed for the path as it is once decoded, sent as `rawPath`. */
function escapedPath(name: string, rawPath: string, ...expected: string[]): BadRequest {
  return {
    name,
    expected,
    script: (endpoint) => {
      const path = decodeURIComponent(rawPath);
      return [signedHead(endpoint, { method: 'GET', path }).replace(path, rawPath)];
    },
  };
}

function path(name: string, rawPath: string, ...expected: string[]): BadRequest {
  return { name, expected, script: (endpoint) => [signedHead(endpoint, { method: 'GET', path: rawPath })] };
}

const entry = '<Object><Key>kept</Key></Object>';
const entity = '<!DOCTYPE Delete [<!ENTITY key SYSTEM "file:///etc/passwd">]>';
const laughs = `<!DOCTYPE Delete [<!ENTITY a0 "kept">${Array.from(
  { length: 30 },
  (_, index) => `<!ENTITY a${index + 1} "&a${index};&a${index};">`,
).join('')}]>`;

const documents: readonly BadRequest[] = [
  deleteObjects('XML that is not closed', `<Delete>${entry}`, '400 MalformedXML'),
  deleteObjects('XML with crossed tags', '<Delete><Object><Key>kept</Object></Key></Delete>', '400 MalformedXML'),
  deleteObjects('XML with another root', `<Remove>${entry}</Remove>`, '400 MalformedXML'),
  deleteObjects('no XML at all', 'kept', '400 MalformedXML'),
  deleteObjects('JSON', '{"Delete":{"Object":[{"Key":"kept"}]}}', '400 MalformedXML'),
  deleteObjects(
    'XML in invalid UTF-8',
    Buffer.from('<Delete><Object><Key>\xff\xfe</Key></Object></Delete>', 'latin1'),
    '400 MalformedXML',
  ),
  deleteObjects(
    'an external entity',
    `${entity}<Delete><Object><Key>&key;</Key></Object></Delete>`,
    '400 MalformedXML',
  ),
  deleteObjects(
    'entities of entities',
    `${laughs}<Delete><Object><Key>&a30;</Key></Object></Delete>`,
    '400 MalformedXML',
  ),
  deleteObjects('an unknown entity', '<Delete><Object><Key>&nbsp;</Key></Object></Delete>', '400 MalformedXML'),
  deleteObjects(
    'a character that XML has not',
    '<Delete><Object><Key>&#0;</Key></Object></Delete>',
    '400 MalformedXML',
  ),
  deleteObjects(
    '100,000 nested elements',
    '<Delete>'.repeat(100_000),
    '400 MalformedXML',
    '400 MaxMessageLengthExceeded',
  ),
  deleteObjects(
    '1,001 keys',
    `<Delete>${'<Object><Key>absent</Key></Object>'.repeat(1001)}</Delete>`,
    '400 MalformedXML',
  ),
  deleteObjects(
    '8 MiB of XML',
    `<Delete>${' '.repeat(8 * 1024 * 1024)}${entry}</Delete>`,
    '400 MalformedXML',
    '400 MaxMessageLengthExceeded',
    'closed',
  ),
  deleteObjects(
    'elements named as what objects inherit',
    '<Delete><constructor/><__proto__><Key>kept</Key></__proto__></Delete>',
    '400 MalformedXML',
  ),
];

const heads: readonly BadRequest[] = [
  spoiltHead(
    'a header of 100 KB',
    (head) => head.replace('\r\n\r\n', `\r\nx-long: ${'a'.repeat(100_000)}\r\n\r\n`),
    '400 RequestHeaderSectionTooLarge',
  ),
  spoiltHead(
    '5,000 headers',
    (head) => head.replace('\r\n\r\n', `\r\n${'x-many: a\r\n'.repeat(5000)}\r\n`),
    '400 RequestHeaderSectionTooLarge',
  ),
  spoiltHead(
    'a path of 100 KB',
    (head) => head.replace(kept, `${kept}${'a'.repeat(100_000)}`),
    '400 RequestHeaderSectionTooLarge',
  ),
  spoiltHead('a header without a colon', (head) => head.replace('\r\n\r\n', '\r\nnonsense\r\n\r\n'), '400 BadRequest'),
  spoiltHead('a NUL in a header', (head) => head.replace('\r\n\r\n', '\r\nx-nul: a\0b\r\n\r\n'), '400 BadRequest'),
  spoiltHead(
    'a space before the colon',
    (head) => head.replace('\r\n\r\n', '\r\nx-space : a\r\n\r\n'),
    '400 BadRequest',
  ),
  spoiltHead('an unknown protocol', (head) => head.replace('HTTP/1.1', 'HTTP/9.9'), '400 BadRequest'),
  spoiltHead('an unknown method', (head) => head.replace('GET', 'FETCH'), '400 BadRequest'),
  spoiltHead('a method that S3 has not', (head) => head.replace('GET', 'PATCH'), '405 MethodNotAllowed'),
  spoiltHead(
    'no Host',
    (head) => head.replace(/host: .*\r\n/, ''),
    '400 BadRequest',
    '400 InvalidRequest',
    '403 SignatureDoesNotMatch',
  ),
  spoiltHead(
    'both Content-Length and Transfer-Encoding',
    (head) => head.replace('\r\n\r\n', '\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'),
    '400 BadRequest',
  ),
  spoiltHead('two lengths', (head) => head.replace('\r\n\r\n', '\r\ncontent-length: 7\r\n\r\n'), '400 BadRequest'),
  spoiltHead('a negative length', (head) => head.replace('content-length: 0', 'content-length: -1'), '400 BadRequest'),
  spoiltHead(
    'a length beyond all numbers',
    (head) => head.replace('content-length: 0', `content-length: ${'9'.repeat(30)}`),
    '400 BadRequest',
  ),
  {
    name: 'no HTTP',
    expected: ['400 BadRequest'],
    script: () => ['\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03 hello\r\n\r\n'],
  },
  {
    name: 'metadata over 2 KB',
    expected: ['400 MetadataTooLarge'],
    script: (endpoint) =>
      withBody(endpoint, { method: 'PUT', path: kept, headers: { 'x-amz-meta-long': 'a'.repeat(2100) } }, 'changed'),
  },
];

const paths: readonly BadRequest[] = [
  escapedPath('escaped dots as a bucket', '/%2e%2e/%2e%2e/etc/passwd', '400 InvalidBucketName', '404 NoSuchBucket'),
  path('dots as a bucket', '/../../etc/passwd', '400 InvalidBucketName', '404 NoSuchBucket'),
  path('dots in a key', `/${badInputBucket}/../../../../etc/passwd`, '404 NoSuchKey'),
  escapedPath('escaped dots in a key', `/${badInputBucket}/%2e%2e%2f%2e%2e%2fetc%2fpasswd`, '404 NoSuchKey'),
  path('an empty bucket', `//${badInputBucket}/kept`, '400 InvalidBucketName'),
  path('a key that is a slash', `/${badInputBucket}//`, '404 NoSuchKey'),
  path('a NUL in a key', `/${badInputBucket}/kept%00`, '400 InvalidURI', '404 NoSuchKey'),
  path('a NUL in a bucket', '/bad-input%00/kept', '400 InvalidBucketName', '400 InvalidURI'),
  path('invalid UTF-8 in a key', `/${badInputBucket}/%ff%fe`, '400 InvalidURI'),
  path('half a surrogate in a key', `/${badInputBucket}/%ed%a0%80`, '400 InvalidURI'),
  path('an escape that is none', `/${badInputBucket}/%zz`, '400 InvalidURI'),
  path('half an escape', `/${badInputBucket}/kept%2`, '400 InvalidURI'),
  path('a key of 1025 bytes', `/${badInputBucket}/${'a'.repeat(1025)}`, '400 KeyTooLongError'),
  path(
    'a key of 1026 bytes in 342 characters',
    `/${badInputBucket}/${encode('日'.repeat(342))}`,
    '400 KeyTooLongError',
  ),
  path('a key of 1024 bytes', `/${badInputBucket}/${'a'.repeat(1024)}`, '404 NoSuchKey'),
];

export const malformedRequests: readonly BadRequest[] = [...documents, ...heads, ...paths];
