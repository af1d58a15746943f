import { describe, expect, it } from '@jest/globals';
import { OzoneVerifier } from './ozone-verifier.ts';
import { AwsChunkedDecoder } from './chunked-body.ts';
import type { HeaderList, SignedRequest } from './verifier.ts';

const now = new Date('2026-11-26T12:00:00Z');
const signature = 'a'.repeat(64);
const credential = 'rock/star/20261126/us-east-1/s3/aws4_request';
const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${signature}`;

function request(headers: HeaderList): SignedRequest {
  return { method: 'PUT', rawPath: '/b/k', rawQuery: '', headers: [['host', 'h'], ...headers], now };
}

const signed = (contentSha256: string): SignedRequest =>
  request([
    ['authorization', authorization],
    ['x-amz-date', '20261126T120000Z'],
    ['x-amz-content-sha256', contentSha256],
  ]);

function verifier(anonymousAccessId: string | undefined = 'anonymous') {
  return new OzoneVerifier({ region: 'us-east-1', isRegionStrict: false, anonymousAccessId });
}

function codeOf(action: () => unknown): unknown {
  try {
    action();
    return undefined;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

describe('a signed request', () => {
  it('is by whom it says, and hands its signature on', () => {
    const { caller } = verifier().verify(signed('UNSIGNED-PAYLOAD'));
    expect(caller).toMatchObject({ accessId: 'rock/star', userName: 'rock/star', signature });
    expect(caller.stringToSign).toMatch(
      /^AWS4-HMAC-SHA256\n20261126T120000Z\n20261126\/us-east-1\/s3\/aws4_request\n[0-9a-f]{64}$/,
    );
  });

  it.each([
    ['of another day', request([['authorization', authorization.replace('20261126', '20261125')]]), 'AccessDenied'],
    [
      'that is malformed',
      request([['authorization', 'AWS4-HMAC-SHA256 Credential=x']]),
      'AuthorizationHeaderMalformed',
    ],
    ['too late', { ...signed('UNSIGNED-PAYLOAD'), now: new Date('2026-11-26T12:20:00Z') }, 'RequestTimeTooSkewed'],
  ])('%s is refused', (_, wrong, code) => {
    expect(codeOf(() => verifier().verify(wrong))).toBe(code);
  });

  it('keeps the hash of its payload as a promise', () => {
    const hex = '0123456789abcdef'.repeat(4);
    expect(verifier().verify(signed(hex)).payload).toEqual({ kind: 'sha256', hex });
  });

  it('may have chunks whose signatures nobody here can verify', () => {
    const { payload } = verifier().verify(signed('STREAMING-AWS4-HMAC-SHA256-PAYLOAD'));
    expect(payload).toEqual({ kind: 'aws-chunked', signed: 'unverified', trailer: false });
  });
});

describe('a request without a signature', () => {
  it('is by the one whom the configuration names', () => {
    const { caller, payload } = verifier('nobody').verify(request([]));
    expect(caller).toEqual({ accessId: 'nobody', userName: 'nobody' });
    expect(payload).toEqual({ kind: 'unsigned' });
  });

  it('may have a payload in chunks', () => {
    const { payload } = verifier().verify(request([['X-Amz-Content-SHA256', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER']]));
    expect(payload).toEqual({ kind: 'aws-chunked', signed: undefined, trailer: true });
  });

  it('is refused where the configuration names nobody', () => {
    const strict = new OzoneVerifier({ region: 'us-east-1', isRegionStrict: false, anonymousAccessId: undefined });
    expect(codeOf(() => strict.verify(request([])))).toBe('AccessDenied');
  });
});

describe('chunks with signatures that are not verified', () => {
  function decoded(text: string): string {
    const decoder = new AwsChunkedDecoder({ decodedBytes: 5, signing: 'unverified', trailers: undefined });
    const pieces: Uint8Array[] = [];
    decoder.decode(Buffer.from(text), (piece) => pieces.push(piece));
    decoder.end();
    return Buffer.concat(pieces).toString();
  }

  it('are decoded', () => {
    expect(decoded(`5;chunk-signature=${signature}\r\nhello\r\n0;chunk-signature=${signature}\r\n\r\n`)).toBe('hello');
  });

  it.each([
    ['no signature', `5\r\nhello\r\n0\r\n\r\n`, 'IncompleteBody'],
    ['half a signature', `5;chunk-signature=aa\r\nhello\r\n0;chunk-signature=aa\r\n\r\n`, 'SignatureDoesNotMatch'],
    [
      'too little',
      `4;chunk-signature=${signature}\r\nhell\r\n0;chunk-signature=${signature}\r\n\r\n`,
      'IncompleteBody',
    ],
  ])('need their form: %s', (_, text, code) => {
    expect(codeOf(() => decoded(text))).toBe(code);
  });
});
