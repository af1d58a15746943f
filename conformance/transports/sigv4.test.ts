/** Checked against the examples that AWS publishes, and against the SDK's own signer. */
import { Sha256 } from '@aws-crypto/sha256-js';
import { describe, expect, it } from '@jest/globals';
import { SignatureV4 } from '@smithy/signature-v4';
import { encodeAwsChunked } from './aws-chunked.ts';
import {
  authorizationHeader,
  encodeKey,
  presignQuery,
  sha256Hex,
  sign,
  timestampOf,
  type HeaderPair,
  type SigningInput,
} from './sigv4.ts';

const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const date = new Date('2013-05-24T00:00:00Z');
const region = 'us-east-1';
const emptyHash = sha256Hex('');

function example(extra: Partial<SigningInput> & { headers?: readonly HeaderPair[] }): SigningInput {
  const payloadHash = extra.payloadHash ?? emptyHash;
  const base: SigningInput = {
    method: 'GET',
    path: '/',
    query: [],
    payloadHash,
    credentials,
    region,
    date,
    headers: [],
    ...extra,
  };
  const headers: HeaderPair[] = [
    ['host', 'examplebucket.s3.amazonaws.com'],
    ['x-amz-content-sha256', payloadHash],
    ['x-amz-date', timestampOf(date)],
    ...(extra.headers ?? []),
  ];
  return { ...base, headers };
}

describe('sign', () => {
  it.each<[string, SigningInput, string]>([
    [
      'GET with a range',
      example({ path: '/test.txt', headers: [['range', 'bytes=0-9']] }),
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    ],
    [
      'PUT with a payload and an encoded key',
      example({
        method: 'PUT',
        path: '/test%24file.text',
        payloadHash: sha256Hex('Welcome to Amazon S3.'),
        headers: [
          ['date', 'Fri, 24 May 2013 00:00:00 GMT'],
          ['x-amz-storage-class', 'REDUCED_REDUNDANCY'],
        ],
      }),
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    ],
    [
      'a sub-resource without a value',
      example({ query: [['lifecycle', '']] }),
      'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
    ],
    [
      'a query that is not in order',
      example({
        query: [
          ['prefix', 'J'],
          ['max-keys', '2'],
        ],
      }),
      '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    ],
  ])('gives the signature that AWS publishes: %s', (_, input, signature) => {
    expect(sign(input).signature).toBe(signature);
  });

  it('agrees with the SDK on odd paths, queries and headers', async () => {
    const path = `/bucket/${encodeKey("a b+c/ü/%/~(x)!*'")}`;
    const query = { prefix: 'a b/é', 'encoding-type': 'url', uploads: '' };
    const headers = { host: 'h:9878', 'x-amz-meta-a': 'two  spaces', 'x-amz-content-sha256': emptyHash };
    const signer = new SignatureV4({ credentials, region, service: 's3', sha256: Sha256, uriEscapePath: false });
    const theirs = await signer.sign(
      { method: 'GET', protocol: 'http:', hostname: 'h', port: 9878, path, query, headers },
      { signingDate: date },
    );
    const input: SigningInput = {
      method: 'GET',
      path,
      query: Object.entries(query),
      headers: [...Object.entries(headers), ['x-amz-date', timestampOf(date)]],
      payloadHash: emptyHash,
      credentials,
      region,
      date,
    };
    expect(authorizationHeader(input, sign(input))).toBe(theirs.headers['authorization']);
  });

  it('presigns as AWS publishes', () => {
    const query = presignQuery({
      method: 'GET',
      path: '/test.txt',
      query: [],
      headers: [['host', 'examplebucket.s3.amazonaws.com']],
      credentials,
      region,
      date,
      expiresSeconds: 86_400,
    });
    expect(Object.fromEntries(query)).toMatchObject({
      'X-Amz-Expires': '86400',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Signature': 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    });
  });

  it('lets a case break each stage, and only from there on', () => {
    const right = sign(example({}));
    const stages = ['canonicalRequest', 'stringToSign', 'signature', 'scope'] as const;
    for (const stage of stages) {
      const broken = sign(example({ faults: { [stage]: (text: string) => `${text}!` } }));
      expect(broken[stage]).toBe(`${right[stage]}!`);
      expect(broken.signature).not.toBe(right.signature);
    }
  });
});

describe('encodeAwsChunked', () => {
  const seed = (payloadHash: string, extra: readonly HeaderPair[]): SigningInput => ({
    method: 'PUT',
    path: '/examplebucket/chunkObject.txt',
    query: [],
    payloadHash,
    credentials,
    region,
    date,
    headers: [
      ['host', 's3.amazonaws.com'],
      ['content-encoding', 'aws-chunked'],
      ['x-amz-content-sha256', payloadHash],
      ['x-amz-date', timestampOf(date)],
      ['x-amz-decoded-content-length', '66560'],
      ['x-amz-storage-class', 'REDUCED_REDUNDANCY'],
      ...extra,
    ],
  });
  const payload = Buffer.alloc(66_560, 'a');
  const signaturesIn = (body: Buffer): string[] =>
    [...body.toString('latin1').matchAll(/signature[=:]([0-9a-f]{64})/g)].map((match) => match[1] ?? '');

  it('gives the chunk signatures that AWS publishes', () => {
    const signing = sign(seed('STREAMING-AWS4-HMAC-SHA256-PAYLOAD', [['content-length', '66824']]));
    expect(signing.signature).toBe('4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9');
    const body = encodeAwsChunked(payload, signing, { form: 'signed' });
    expect(body.length).toBe(66_824);
    expect(signaturesIn(body)).toEqual([
      'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
      '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
      'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
    ]);
  });

  it('gives the trailer signature that AWS publishes', () => {
    const signing = sign(
      seed('STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER', [['x-amz-trailer', 'x-amz-checksum-crc32c']]),
    );
    expect(signing.signature).toBe('106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e');
    const trailers = [['x-amz-checksum-crc32c', 'sOO8/Q==']] as const;
    expect(signaturesIn(encodeAwsChunked(payload, signing, { form: 'signed-trailer', trailers })).slice(-1)).toEqual([
      'd81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435',
    ]);
  });

  it('frames an unsigned body with its trailer', () => {
    const signing = sign(seed('STREAMING-UNSIGNED-PAYLOAD-TRAILER', []));
    const trailers = [['x-amz-checksum-crc32', 'AAAAAA==']] as const;
    const body = encodeAwsChunked(Buffer.from('hello'), signing, {
      form: 'unsigned-trailer',
      chunkSizeBytes: 4,
      trailers,
    });
    expect(body.toString()).toBe('4\r\nhell\r\n1\r\no\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n');
  });
});
