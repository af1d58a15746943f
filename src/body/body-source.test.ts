import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PayloadPromise } from '../auth/verifier.ts';
import { isS3Error } from '../errors/s3-error.ts';
import { requestHead } from '../s3/request-head.ts';
import type { BodySource } from '../storage/values.ts';
import { createBodySource } from './body-source.ts';

const unsigned: PayloadPromise = { kind: 'unsigned' };
const chunked: PayloadPromise = { kind: 'aws-chunked', signed: undefined, trailer: true };

async function* streamOf(pieces: readonly (Uint8Array | string)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield await Promise.resolve(Buffer.from(piece as string));
}

interface Sent {
  readonly pieces?: readonly (Uint8Array | string)[];
  readonly headers?: Record<string, string>;
  readonly payload?: PayloadPromise;
  readonly checksumsOf?: 'body' | 'object';
}

function bodyOf({ pieces = ['hello'], headers = {}, payload = unsigned, checksumsOf = 'body' }: Sent): BodySource {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const request = requestHead({ 'content-length': String(length), ...headers });
  return createBodySource({ stream: streamOf(pieces), request, payload, checksumsOf });
}

async function readChunks(body: BodySource): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of body.chunks()) all.push(Buffer.from(chunk));
  return Buffer.concat(all);
}

/** The error of creating or reading a body, or what was read. */
async function outcome(sent: Sent): Promise<string> {
  try {
    const bytes = await bodyOf(sent).bytes();
    expect((await readChunks(bodyOf(sent))).equals(bytes)).toBe(true);
    return bytes.toString();
  } catch (error) {
    if (isS3Error(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
}

const trailer = (value: string) => [`5\r\nhello\r\n0\r\nx-amz-checksum-crc32:${value}\r\n\r\n`];
const trailerHeaders = { 'x-amz-decoded-content-length': '5', 'x-amz-trailer': 'x-amz-checksum-crc32' };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('a body of five bytes', () => {
  const right = {
    crc32: 'NhCmhg==',
    crc32c: 'mnG7TA==',
    crc64nvme: 'M3eFcAZSQlc=',
    sha1: 'qvTGHdzF6KLavt4PO0gs2a6pQ00=',
    sha256: 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=',
  };

  it.each(Object.entries(right))('with its right checksum %s', async (name, value) => {
    const headers = { [`x-amz-checksum-${name}`]: value, 'x-amz-sdk-checksum-algorithm': name };
    const body = bodyOf({ headers });
    expect(body.promisedAlgorithm).toBe(name.toUpperCase());
    await body.bytes();
    expect(body.digests()).toEqual({
      sizeBytes: 5,
      md5: '5d41402abc4b2a76b9719d911017c592',
      checksum: { algorithm: name.toUpperCase(), type: 'FULL_OBJECT', value },
    });
  });

  it.each(Object.entries(right))('with a wrong checksum %s', async (name, value) => {
    const wrong = `${value.startsWith('A') ? 'B' : 'A'}${value.slice(1)}`;
    expect(await outcome({ headers: { [`x-amz-checksum-${name}`]: wrong } })).toBe(
      `BadDigest: The ${name.toUpperCase()} you specified did not match the calculated checksum.`,
    );
  });

  it.each<[string, Sent, string]>([
    ['nothing said of it', {}, 'hello'],
    ['pieces', { pieces: ['h', 'el', '', 'lo'] }, 'hello'],
    ['its MD5', { headers: { 'content-md5': 'XUFAKrxLKna5cZ2REBfFkg==' } }, 'hello'],
    [
      'another MD5',
      { headers: { 'content-md5': 'AUFAKrxLKna5cZ2REBfFkg==' } },
      'BadDigest: The Content-MD5 you specified did not match what we received.',
    ],
    [
      'a short MD5',
      { headers: { 'content-md5': 'XUFAKrxL' } },
      'InvalidDigest: The Content-MD5 you specified was invalid.',
    ],
    [
      'an MD5 that is no base64',
      { headers: { 'content-md5': '!' } },
      'InvalidDigest: The Content-MD5 you specified was invalid.',
    ],
    ['an empty MD5', { headers: { 'content-md5': '' } }, 'InvalidDigest: The Content-MD5 you specified was invalid.'],
    ['its hash', { payload: { kind: 'sha256', hex: sha256('hello') } }, 'hello'],
    [
      'its hash as the checksum too',
      { payload: { kind: 'sha256', hex: sha256('hello') }, headers: { 'x-amz-checksum-sha256': right.sha256 } },
      'hello',
    ],
    [
      'another hash',
      { payload: { kind: 'sha256', hex: sha256('other') } },
      "XAmzContentSHA256Mismatch: The provided 'x-amz-content-sha256' header does not match what was computed.",
    ],
    [
      'a short checksum',
      { headers: { 'x-amz-checksum-crc32': 'NhCm' } },
      'InvalidRequest: Value for x-amz-checksum-crc32 header is invalid.',
    ],
    [
      'an empty checksum',
      { headers: { 'x-amz-checksum-sha1': '' } },
      'InvalidRequest: Value for x-amz-checksum-sha1 header is invalid.',
    ],
    [
      'two checksums',
      { headers: { 'x-amz-checksum-crc32': right.crc32, 'x-amz-checksum-crc32c': right.crc32c } },
      'InvalidRequest: Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    ],
    [
      'an unknown checksum',
      { headers: { 'x-amz-checksum-crc16': 'AAA=' } },
      'InvalidRequest: The algorithm type you specified in x-amz-checksum- header is invalid.',
    ],
    [
      'a checksum of another algorithm',
      { headers: { 'x-amz-checksum-crc32': right.crc32, 'x-amz-sdk-checksum-algorithm': 'SHA1' } },
      'InvalidRequest: Value for x-amz-sdk-checksum-algorithm header is invalid.',
    ],
    [
      'an unknown algorithm',
      { headers: { 'x-amz-sdk-checksum-algorithm': 'MD4' } },
      'InvalidRequest: Value for x-amz-sdk-checksum-algorithm header is invalid.',
    ],
    [
      'an algorithm alone',
      { headers: { 'x-amz-sdk-checksum-algorithm': 'CRC32' } },
      'InvalidRequest: x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
    ],
    [
      'headers that only look like checksums',
      {
        headers: {
          'x-amz-checksum-algorithm': 'SHA1',
          'x-amz-checksum-type': 'COMPOSITE',
          'x-amz-checksum-mode': 'ENABLED',
        },
      },
      'hello',
    ],
    ['a checksum of an object', { headers: { 'x-amz-checksum-crc32': 'AAAAAA==' }, checksumsOf: 'object' }, 'hello'],
    [
      'too few bytes',
      { headers: { 'content-length': '6' } },
      'IncompleteBody: You did not provide the number of bytes specified by the Content-Length HTTP header.',
    ],
    [
      'too many bytes',
      { headers: { 'content-length': '4' } },
      'IncompleteBody: You did not provide the number of bytes specified by the Content-Length HTTP header.',
    ],
    [
      'a trailer that the payload has no place for',
      { headers: trailerHeaders },
      'MalformedTrailerError: The request contained trailing data that was not well-formed or did not conform to our published schema.',
    ],
    ['a trailing checksum', { pieces: trailer(right.crc32), headers: trailerHeaders, payload: chunked }, 'hello'],
    [
      'a wrong trailing checksum',
      { pieces: trailer(right.crc32c), headers: trailerHeaders, payload: chunked },
      'BadDigest: The CRC32 you specified did not match the calculated checksum.',
    ],
    [
      'a trailing checksum that is none',
      { pieces: trailer('x'), headers: trailerHeaders, payload: chunked },
      'InvalidRequest: Value for x-amz-checksum-crc32 header is invalid.',
    ],
    [
      'no decoded length',
      { headers: { 'x-amz-trailer': 'x-amz-checksum-crc32' }, payload: chunked },
      'MissingContentLength: You must provide the Content-Length HTTP header.',
    ],
    [
      'a wrong decoded length',
      {
        pieces: trailer(right.crc32),
        headers: { ...trailerHeaders, 'x-amz-decoded-content-length': '6' },
        payload: chunked,
      },
      'IncompleteBody: The request body terminated unexpectedly',
    ],
    [
      'a decoded length that is none',
      { headers: { ...trailerHeaders, 'x-amz-decoded-content-length': '-5' }, payload: chunked },
      'InvalidArgument: The value of x-amz-decoded-content-length is not a length.',
    ],
    [
      'an unknown trailer',
      { headers: { ...trailerHeaders, 'x-amz-trailer': 'x-amz-meta-a' }, payload: chunked },
      'InvalidRequest: The value specified in the x-amz-trailer header is not supported',
    ],
  ])('with %s', async (_, sent, expected) => {
    expect(await outcome(sent)).toBe(expected);
  });

  it.each(['md5', 'sha512', 'xxhash3', 'xxhash64', 'xxhash128'])('with the algorithm %s that S3 here lacks', (name) => {
    const header = `x-amz-checksum-${name}`;
    const inTrailer = { 'x-amz-decoded-content-length': '5', 'x-amz-trailer': header };
    const refused = (named: string) => expect.objectContaining({ code: 'NotImplemented', details: { Header: named } });
    expect(() => bodyOf({ headers: { [header]: 'x' } })).toThrow(refused(header));
    expect(() => bodyOf({ headers: inTrailer, payload: chunked })).toThrow(refused(header));
    const algorithm = { 'x-amz-sdk-checksum-algorithm': name };
    expect(() => bodyOf({ headers: algorithm })).toThrow(refused('x-amz-sdk-checksum-algorithm'));
  });
});

describe('the algorithm', () => {
  it('is CRC64NVME when nobody names one', async () => {
    const body = bodyOf({});
    await body.bytes();
    expect(body.digests().checksum).toEqual({ algorithm: 'CRC64NVME', type: 'FULL_OBJECT', value: 'M3eFcAZSQlc=' });
  });

  it('is the one imposed, unless the client promised another', async () => {
    const body = bodyOf({});
    body.useAlgorithm('CRC32');
    await body.bytes();
    expect(body.digests().checksum.value).toBe('NhCmhg==');
    const promised = bodyOf({ headers: { 'x-amz-checksum-crc32': 'NhCmhg==' } });
    promised.useAlgorithm('CRC32');
    expect(() => {
      promised.useAlgorithm('SHA1');
    }).toThrow(expect.objectContaining({ code: 'InvalidRequest' }));
  });
});

describe('a length', () => {
  it('is asked for by name', () => {
    const unsized = (headers: Record<string, string>) =>
      createBodySource({ stream: streamOf([]), request: requestHead(headers), payload: unsigned });
    expect(bodyOf({}).requiredSizeBytes()).toBe(5);
    expect(() => unsized({}).requiredSizeBytes()).toThrow(expect.objectContaining({ code: 'MissingContentLength' }));
    expect(() => unsized({ 'transfer-encoding': 'chunked' }).requiredSizeBytes()).toThrow(
      expect.objectContaining({ code: 'NotImplemented', details: { Header: 'Transfer-Encoding' } }),
    );
  });
});

describe('no body', () => {
  const offer =
    (headers: Record<string, string>, payload: PayloadPromise = unsigned) =>
    () =>
      createBodySource({ stream: streamOf([]), request: requestHead(headers), payload });

  it('is refused at once where the client promised one', () => {
    const refused = (code: string) => expect.objectContaining({ code });
    expect(offer({}, { kind: 'sha256', hex: sha256('hello') })).toThrow(refused('XAmzContentSHA256Mismatch'));
    expect(offer({ 'content-length': '0', 'x-amz-checksum-crc32': 'NhCmhg==' })).toThrow(refused('BadDigest'));
    expect(offer({ 'content-length': '0', 'content-md5': 'XUFAKrxLKna5cZ2REBfFkg==' })).toThrow(refused('BadDigest'));
  });

  it('is taken as one of no bytes', async () => {
    const body = offer({ 'x-amz-checksum-crc32': 'AAAAAA==' }, { kind: 'sha256', hex: sha256('') })();
    expect(await readChunks(body)).toHaveLength(0);
    expect(body.digests().md5).toBe('d41d8cd98f00b204e9800998ecf8427e');
  });
});

describe('a large body', () => {
  const large = Buffer.alloc(3_000_000).map((_, index) => (index * 7919) >> 5);

  it('comes out as it went in, however the network cuts it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: large.length }), { maxLength: 40 }), async (places) => {
        const at = [0, ...places.sort((a, b) => a - b), large.length];
        const pieces = at.slice(1).map((until, index) => large.subarray(at[index], until));
        const body = bodyOf({ pieces });
        expect((await readChunks(body)).equals(large)).toBe(true);
        expect(body.digests().md5).toBe(createHash('md5').update(large).digest('hex'));
      }),
      { seed: 20260203, numRuns: 30 },
    );
  });

  it('of unknown length is read to its end', async () => {
    const request = requestHead({ 'transfer-encoding': 'chunked' });
    const body = createBodySource({ stream: streamOf([large, large]), request, payload: unsigned });
    expect(await readChunks(body)).toHaveLength(6_000_000);
  });

  it('is kept apart from many others', async () => {
    const bodies = Array.from({ length: 60 }, (_, index) => large.subarray(index, index + 600_000));
    const read = await Promise.all(bodies.map(async (pieces) => readChunks(bodyOf({ pieces: [pieces] }))));
    expect(read.every((bytes, index) => bytes.equals(bodies[index] ?? large))).toBe(true);
  });

  it('whose stream breaks never ends cleanly', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(large);
      throw new Error('gone');
    }
    const request = requestHead({ 'content-length': '6000000' });
    const body = createBodySource({ stream: broken(), request, payload: unsigned });
    await expect(readChunks(body)).rejects.toThrow('gone');
    expect(() => body.digests()).toThrow(TypeError);
  });

  it('with a wrong checksum fails before its last bytes are handed on', async () => {
    const body = bodyOf({ pieces: [large], headers: { 'x-amz-checksum-crc32': 'AAAAAA==' } });
    let given = 0;
    await expect(
      (async () => {
        for await (const chunk of body.chunks()) given += chunk.length;
      })(),
    ).rejects.toMatchObject({ code: 'BadDigest' });
    expect(given).toBeLessThan(large.length);
  });

  it('may be left in the middle', async () => {
    let pulled = 0;
    async function* counted(): AsyncGenerator<Uint8Array> {
      for (;;) {
        pulled += 1;
        yield await Promise.resolve(large.subarray(0, 65536));
      }
    }
    const request = requestHead({ 'content-length': '1000000000' });
    const body = createBodySource({ stream: counted(), request, payload: unsigned });
    for await (const chunk of body.chunks()) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect(pulled).toBeLessThan(20);
  });
});
