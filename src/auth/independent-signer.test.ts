import { Sha256 } from '@aws-crypto/sha256-js';
import { describe, expect, it } from '@jest/globals';
import { SignatureV4 } from '@smithy/signature-v4';
import { LocalVerifier } from './local-verifier.ts';
import type { SignedRequest } from './verifier.ts';

const now = new Date('2026-02-03T04:05:06Z');
const credentials = { accessKeyId: 'hive/host@REALM', secretAccessKey: 'a/b+c=' };
const signer = new SignatureV4({
  service: 's3',
  region: 'eu-north-1',
  credentials,
  sha256: Sha256,
  uriEscapePath: false,
  applyChecksum: false,
});
const verifier = new LocalVerifier({
  credentials: { secretOf: (key) => (key === credentials.accessKeyId ? credentials.secretAccessKey : undefined) },
  region: 'us-east-1',
  isRegionStrict: false,
});

type Query = Record<string, string | string[]>;

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function rawQuery(query: Query): string {
  return Object.entries(query)
    .flatMap(([name, value]) => [value].flat().map((one) => `${encode(name)}=${encode(one)}`))
    .join('&');
}

function request(key: string, query: Query, headers: Record<string, string> = {}) {
  return {
    method: 'PUT',
    protocol: 'http:',
    hostname: 'localhost',
    port: 9878,
    path: `/bucket/${key.split('/').map(encode).join('/')}`,
    query,
    headers: { host: 'localhost:9878', ...headers },
  };
}

function asReceived(signed: { path: string; headers: Record<string, string>; query?: unknown }): SignedRequest {
  return {
    method: 'PUT',
    rawPath: signed.path,
    rawQuery: rawQuery((signed.query ?? {}) as Query),
    headers: Object.entries(signed.headers),
    now,
  };
}

const keys = [
  'plain.txt',
  'with space',
  'a+b',
  '100%',
  '%2B',
  "!'()*",
  'grüße/日本/😀',
  '/leading',
  'double//slash',
  'trailing/',
  '../up/./x',
  '~tilde-_.',
  ':@&=$,;?#[]',
];

describe('requests signed by the SDK', () => {
  it.each(keys)('header, key %s', async (key) => {
    const query: Query = { uploads: '', prefix: 'a b+c/ü', tag: ['b', 'a'], 'a-b': '1', a: '2' };
    const headers = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', 'x-amz-meta-folded': '  two   spaces ' };
    const signed = await signer.sign(request(key, query, headers), { signingDate: now });
    expect(verifier.verify(asReceived(signed)).caller.userName).toBe('hive/host@REALM');
  });

  it.each(keys)('presigned, key %s', async (key) => {
    const unsigned = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
    const signed = await signer.presign(request(key, { 'x-id': 'PutObject' }, unsigned), {
      signingDate: now,
      expiresIn: 604800,
    });
    expect(verifier.verify(asReceived(signed)).payload).toEqual({ kind: 'unsigned' });
  });

  it('presents the headers that presigning moved into the query', async () => {
    const headers = {
      'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
      'x-amz-meta-a': 'b c',
      'x-amz-checksum-crc32': 'AAAAAA==',
      'x-amz-tagging': 'k=v',
    };
    const signed = await signer.presign(request('k', {}, headers), { signingDate: now });
    expect(verifier.verify(asReceived(signed)).presignedHeaders).toEqual(
      expect.arrayContaining([
        ['x-amz-meta-a', 'b c'],
        ['x-amz-tagging', 'k=v'],
      ]),
    );
    expect(verifier.verify(asReceived(signed)).presignedHeaders).toHaveLength(2);
  });

  it('any spelling of the same path', async () => {
    const headers = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
    const signed = await signer.sign(request('a b(c)~d', {}, headers), { signingDate: now });
    for (const rawPath of ['/bucket/a%20b(c)~d', '/bucket/a%20b%28c%29%7Ed', '/bucket/%61%20b%28c%29~d']) {
      expect(verifier.verify({ ...asReceived(signed), rawPath }).caller.accessId).toBe('hive/host@REALM');
    }
  });
});
