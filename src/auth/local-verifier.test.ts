import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isS3Error, type S3Error } from '../errors/s3-error.ts';
import { LocalVerifier } from './local-verifier.ts';
import { readClaim } from './signed-claim.ts';
import type { HeaderList, SignedRequest } from './verifier.ts';

interface Vector {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly now: string;
  readonly request: Omit<SignedRequest, 'now'>;
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  readonly signature: string;
}

const folder = new URL('../../fixtures/sigv4/', import.meta.url);
const vectors = readdirSync(folder).map((file) => {
  const vector = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Vector;
  return { ...vector, file };
});
const anyRegion = { region: 'us-east-1', isRegionStrict: false };

function verifierOf(vector: Vector, options = anyRegion): LocalVerifier {
  const secretOf = (key: string) => (key === vector.accessKey ? vector.secretKey : undefined);
  return new LocalVerifier({ credentials: { secretOf }, ...options });
}

function refusal(verifier: LocalVerifier, request: SignedRequest): S3Error {
  try {
    verifier.verify(request);
  } catch (error) {
    if (isS3Error(error)) return error;
    throw error;
  }
  throw new Error('the request was let in');
}

describe('the examples that AWS publishes', () => {
  it.each(vectors)('$file', (vector) => {
    const request = { ...vector.request, now: new Date(vector.now) };
    const claim = readClaim(request, anyRegion);
    expect(claim?.canonicalRequest).toBe(vector.canonicalRequest);
    expect(claim?.stringToSign).toBe(vector.stringToSign);
    const verification = verifierOf(vector).verify(request);
    expect(verification.caller).toEqual({ accessId: vector.accessKey, userName: vector.accessKey });
    if (verification.payload.kind === 'aws-chunked') {
      expect(verification.payload.signed).toMatchObject({ seedSignature: vector.signature });
    }
  });
});

const put = vectors.find(({ file }) => file === 'put-object.json') as Vector;
const presigned = vectors.find(({ file }) => file === 'presigned-get-object.json') as Vector;

/** Replaces, adds or (undefined) removes headers of the signed PUT. */
function putWith(headers: Record<string, string | undefined>, query = ''): SignedRequest {
  const kept = put.request.headers.filter(([name]) => !(name.toLowerCase() in headers));
  const added = Object.entries(headers).filter((header): header is [string, string] => header[1] !== undefined);
  return { ...put.request, rawQuery: query, headers: [...kept, ...added], now: new Date(put.now) };
}

function authorization(from: string, to: string): SignedRequest {
  const value = put.request.headers.find(([name]) => name === 'Authorization')?.[1] ?? '';
  expect(value).toContain(from);
  return putWith({ authorization: value.replace(from, to) });
}

const malformed = 'AuthorizationHeaderMalformed';

describe('a request with a wrong Authorization header', () => {
  it.each<[string, () => SignedRequest, string, string]>([
    ['none', () => putWith({ authorization: undefined }), 'AccessDenied', 'Access Denied'],
    ['version 2', () => putWith({ authorization: 'AWS AK:sig' }), 'InvalidRequest', 'Please use AWS4-HMAC-SHA256.'],
    [
      'version 2 query',
      () => putWith({ authorization: undefined }, 'AWSAccessKeyId=a&Signature=b&Expires=1'),
      'InvalidRequest',
      'Please use AWS4-HMAC-SHA256.',
    ],
    ['SigV4A', () => putWith({ authorization: 'AWS4-ECDSA-P256-SHA256 Credential=a' }), 'NotImplemented', 'SigV4A'],
    ['Bearer', () => putWith({ authorization: 'Bearer x' }), 'InvalidArgument', 'Unsupported Authorization Type'],
    ['both', () => putWith({}, presigned.request.rawQuery), 'InvalidArgument', 'Only one auth mechanism allowed'],
    ['empty', () => putWith({ authorization: 'AWS4-HMAC-SHA256 ' }), malformed, 'requires three components'],
    ['no signature', () => authorization(',Signature=', ',Sig='), malformed, 'requires three components'],
    ['short scope', () => authorization('/20130524/', '/'), malformed, 'the Credential is mal-formed'],
    ['date form', () => authorization('/20130524/', '/2013052/'), malformed, 'incorrect date format "2013052"'],
    [
      'other day',
      () => authorization('/20130524/', '/20130525/'),
      malformed,
      'This date is not the same as X-Amz-Date: "20130524".',
    ],
    [
      'service',
      () => authorization('/s3/', '/ec2/'),
      malformed,
      'incorrect service "ec2". This endpoint belongs to "s3".',
    ],
    [
      'terminal',
      () => authorization('aws4_request', 'aws5'),
      malformed,
      'incorrect terminal "aws5". This endpoint uses "aws4_request".',
    ],
    ['key', () => authorization('AKIAIOSFODNN7EXAMPLE', 'NOBODY'), 'InvalidAccessKeyId', 'does not exist'],
    ['signature', () => authorization('Signature=98', 'Signature=99'), 'SignatureDoesNotMatch', ''],
    ['short signature', () => authorization('Signature=98', 'Signature='), 'SignatureDoesNotMatch', ''],
    ['region', () => authorization('us-east-1', 'eu-west-1'), 'SignatureDoesNotMatch', ''],
    [
      'no host signed',
      () => authorization('host;', ''),
      'AccessDenied',
      'headers present in the request which were not signed',
    ],
    [
      'unsigned header',
      () => putWith({ 'x-amz-acl': 'private' }),
      'AccessDenied',
      'headers present in the request which were not signed',
    ],
    [
      'no date',
      () => putWith({ 'x-amz-date': undefined, date: undefined }),
      'AccessDenied',
      'valid Date or x-amz-date header',
    ],
    [
      'bad date',
      () => putWith({ 'x-amz-date': '20131324T000000Z' }),
      'AccessDenied',
      'valid Date or x-amz-date header',
    ],
    [
      'no payload hash',
      () => putWith({ 'x-amz-content-sha256': undefined }),
      'InvalidRequest',
      'Missing required header for this request: x-amz-content-sha256',
    ],
    ['payload hash', () => putWith({ 'x-amz-content-sha256': 'abc' }), 'InvalidArgument', 'or a valid sha256 value.'],
    [
      'SigV4A payload',
      () => putWith({ 'x-amz-content-sha256': 'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD' }),
      'NotImplemented',
      'SigV4A',
    ],
  ])('%s', (_, request, code, message) => {
    const error = refusal(verifierOf(put), request());
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });

  it('says what was not signed', () => {
    expect(refusal(verifierOf(put), putWith({ 'x-amz-acl': 'private' })).details).toEqual({
      HeadersNotSigned: 'x-amz-acl',
    });
  });

  it('names the region where that is strict', () => {
    const strict = verifierOf(put, { region: 'eu-west-1', isRegionStrict: true });
    const error = refusal(strict, putWith({}));
    expect(error.message).toBe(
      "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'",
    );
    expect(error.details).toEqual({ Region: 'eu-west-1' });
  });

  it('refuses two Authorization headers', () => {
    const request = putWith({});
    const headers: HeaderList = [...request.headers, ['authorization', 'AWS4-HMAC-SHA256 x']];
    expect(refusal(verifierOf(put), { ...request, headers }).code).toBe('InvalidArgument');
  });

  it('knows no temporary credentials', () => {
    const token = putWith({ 'x-amz-security-token': 'T' });
    const headers = token.headers.map(([name, value]): [string, string] =>
      name === 'Authorization'
        ? [name, value.replace('x-amz-date;', 'x-amz-date;x-amz-security-token;')]
        : [name, value],
    );
    expect(refusal(verifierOf(put), { ...token, headers })).toMatchObject({
      code: 'InvalidToken',
      details: { 'Token-0': 'T' },
    });
  });

  it.each([
    ['2013-05-24T00:15:00Z', undefined],
    ['2013-05-24T00:15:01Z', 'RequestTimeTooSkewed'],
    ['2013-05-23T23:45:00Z', undefined],
    ['2013-05-23T23:44:59Z', 'RequestTimeTooSkewed'],
  ])('at %s: %s', (now, code) => {
    const request = { ...putWith({}), now: new Date(now) };
    if (code === undefined) expect(verifierOf(put).verify(request).payload.kind).toBe('sha256');
    else {
      expect(refusal(verifierOf(put), request)).toMatchObject({
        code,
        details: { RequestTime: '20130524T000000Z', ServerTime: now, MaxAllowedSkewMilliseconds: '900000' },
      });
    }
  });

  it('shows what it signed when the signature is wrong', () => {
    const { details } = refusal(verifierOf(put), authorization('Signature=98', 'Signature=99'));
    expect(Object.keys(details)).toEqual([
      'AWSAccessKeyId',
      'StringToSign',
      'SignatureProvided',
      'StringToSignBytes',
      'CanonicalRequest',
      'CanonicalRequestBytes',
    ]);
    expect(details['StringToSign']).toBe(put.stringToSign);
    expect(details['CanonicalRequest']).toBe(put.canonicalRequest);
    expect(Buffer.from(details['StringToSignBytes']?.replaceAll(' ', '') ?? '', 'hex').toString()).toBe(
      put.stringToSign,
    );
  });
});

function presignedWith(from: string, to: string): SignedRequest {
  expect(presigned.request.rawQuery).toContain(from);
  return {
    ...presigned.request,
    rawQuery: presigned.request.rawQuery.replace(from, to),
    now: new Date(presigned.now),
  };
}

describe('a presigned request', () => {
  const queryError = 'AuthorizationQueryParametersError';
  it.each<[string, readonly [from: string, to: string], string, string]>([
    ['missing', ['&X-Amz-SignedHeaders=host', ''], queryError, 'Query-string authentication version 4 requires'],
    ['twice', ['Expires=86400', 'Expires=1&X-Amz-Expires=86400'], queryError, 'X-Amz-Expires'],
    ['algorithm', ['AWS4-HMAC-SHA256', 'AWS4-HMAC-SHA512'], queryError, 'X-Amz-Algorithm only supports'],
    ['SigV4A', ['AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256'], 'NotImplemented', 'SigV4A'],
    ['date', ['=20130524T000000Z', '=20130524T0000'], queryError, 'X-Amz-Date must be in the ISO8601 Long Format'],
    ['day', ['=20130524T000000Z', '=20130525T000000Z'], queryError, 'Invalid credential date "20130524".'],
    ['expiry text', ['=86400', '=abc'], queryError, 'X-Amz-Expires should be a number'],
    ['expiry below 0', ['=86400', '=-1'], queryError, 'X-Amz-Expires must be non-negative'],
    ['expiry over a week', ['=86400', '=604801'], queryError, 'X-Amz-Expires must be less than a week (in seconds)'],
    [
      'service',
      ['%2Fs3%2F', '%2Fiam%2F'],
      queryError,
      'parsing the X-Amz-Credential parameter; incorrect service "iam".',
    ],
    [
      'signed headers',
      ['Headers=host', 'Headers=range'],
      'AccessDenied',
      'headers present in the request which were not signed',
    ],
    ['changed', ['=86400', '=86401'], 'SignatureDoesNotMatch', ''],
  ])('%s', (_, [from, to], code, message) => {
    const error = refusal(verifierOf(presigned), presignedWith(from, to));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });

  it.each([
    ['2013-05-25T00:00:00Z', undefined],
    ['2013-05-25T00:00:01Z', 'Request has expired'],
    ['2013-05-23T23:45:00Z', undefined],
    ['2013-05-23T23:44:59Z', 'Request is not valid yet'],
  ])('at %s: %s', (now, message) => {
    const request = { ...presigned.request, now: new Date(now) };
    if (message === undefined) expect(verifierOf(presigned).verify(request).payload).toEqual({ kind: 'unsigned' });
    else expect(refusal(verifierOf(presigned), request)).toMatchObject({ code: 'AccessDenied', message });
  });

  it('allows a week', () => {
    expect(refusal(verifierOf(presigned), presignedWith('=86400', '=604800')).code).toBe('SignatureDoesNotMatch');
  });
});
