import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isS3Error } from '../errors/s3-error.ts';
import { AwsChunkedDecoder, type AwsChunkedOptions } from './chunked-body.ts';
import { deriveSigningKey } from './signing-key.ts';
import type { ChunkSigning } from './verifier.ts';

interface Vector {
  readonly secretKey: string;
  readonly signature: string;
  readonly body: {
    readonly byte: string;
    readonly awsChunks: readonly { readonly sizeBytes: number; readonly signature: string }[];
    readonly trailers?: Readonly<Record<string, string>>;
  };
}

function readVector(name: string): Vector {
  return JSON.parse(readFileSync(new URL(`../../fixtures/sigv4/${name}.json`, import.meta.url), 'utf8')) as Vector;
}

const plain = readVector('put-object-streaming');
const trailing = readVector('put-object-streaming-trailer');
const checksumName = 'x-amz-checksum-crc32c';

function signingOf(vector: Vector): ChunkSigning {
  return {
    seedSignature: vector.signature,
    signingKey: deriveSigningKey(vector.secretKey, '20130524', 'us-east-1'),
    scope: '20130524/us-east-1/s3/aws4_request',
    dateTime: '20130524T000000Z',
  };
}

function wireOf({ body }: Vector, eol = '\r\n'): string {
  const chunks = body.awsChunks.map(({ sizeBytes, signature }) => {
    const head = `${sizeBytes.toString(16)};chunk-signature=${signature}\r\n`;
    return sizeBytes === 0 ? head : `${head}${body.byte.repeat(sizeBytes)}\r\n`;
  });
  const trailers = Object.entries(body.trailers ?? {}).map(([name, value]) => `${name}:${value}${eol}`);
  return [...chunks, ...trailers, '\r\n'].join('');
}

function decode(options: AwsChunkedOptions, ...pieces: (string | Uint8Array)[]) {
  const decoder = new AwsChunkedDecoder(options);
  const decoded: Uint8Array[] = [];
  for (const piece of pieces) decoder.decode(Buffer.from(piece as string, 'latin1'), (bytes) => decoded.push(bytes));
  decoder.end();
  return { bytes: Buffer.concat(decoded), trailers: Object.fromEntries(decoder.trailers) };
}

function codeOf(options: AwsChunkedOptions, wire: string): string {
  try {
    decode(options, wire);
  } catch (error) {
    if (isS3Error(error)) return error.code;
    throw error;
  }
  return 'decoded';
}

const signedPlain: AwsChunkedOptions = { decodedBytes: 66560, signing: signingOf(plain), trailers: undefined };
const signedTrailing: AwsChunkedOptions = {
  decodedBytes: 66560,
  signing: signingOf(trailing),
  trailers: [checksumName],
};

describe('the chunked uploads that AWS publishes', () => {
  it('signed chunks', () => {
    expect(decode(signedPlain, wireOf(plain)).bytes.toString()).toBe('a'.repeat(66560));
  });

  it('signed chunks and trailer', () => {
    const { bytes, trailers } = decode(signedTrailing, wireOf(trailing));
    expect(bytes.toString()).toBe('a'.repeat(66560));
    expect(trailers).toEqual({ [checksumName]: 'sOO8/Q==' });
  });

  it.each([
    ['a line feed alone', (wire: string) => wire.replace('sOO8/Q==\r\n', 'sOO8/Q==\n')],
    ['an empty line before the signature', (wire: string) => wire.replace('sOO8/Q==\r\n', 'sOO8/Q==\n\r\n')],
    ['no empty line at the end', (wire: string) => wire.slice(0, -2)],
    ['two empty lines at the end', (wire: string) => `${wire}\r\n`],
    ['a space after the colon', (wire: string) => wire.replace('crc32c:', 'crc32c: ')],
  ])('trailers with %s, as some clients send them', (_, change) => {
    expect(decode(signedTrailing, change(wireOf(trailing))).trailers).toEqual({ [checksumName]: 'sOO8/Q==' });
  });

  const [first = '', second = ''] = plain.body.awsChunks.map(({ signature }) => signature);
  it.each<[string, string, (wire: string) => string]>([
    ['a changed byte', 'SignatureDoesNotMatch', (wire) => wire.replace('aaaa', 'aaab')],
    ['a changed signature', 'SignatureDoesNotMatch', (wire) => wire.replace(first.slice(0, 8), '00000000')],
    ['an empty signature', 'SignatureDoesNotMatch', (wire) => wire.replace(second, '')],
    ['swapped signatures', 'SignatureDoesNotMatch', (wire) => wire.replace(first, second)],
    ['no signature', 'IncompleteBody', (wire) => wire.replace(`;chunk-signature=${first}`, '')],
    ['an unknown extension', 'IncompleteBody', (wire) => wire.replace(';chunk-signature', ';signature')],
    ['no size', 'IncompleteBody', (wire) => wire.replace('10000;', ';')],
    ['a negative size', 'IncompleteBody', (wire) => wire.replace('10000;', '-10000;')],
    ['a size past the decoded length', 'IncompleteBody', (wire) => wire.replace('10000;', 'fffff;')],
    ['a huge size', 'IncompleteBody', (wire) => wire.replace('10000;', 'ffffffffffffffff;')],
    ['a size that is too small', 'SignatureDoesNotMatch', (wire) => wire.replace('10000;', 'ff00;')],
    ['a line feed alone', 'IncompleteBody', (wire) => wire.replace('\r\n', '\n')],
    ['no last chunk', 'IncompleteBody', (wire) => wire.slice(0, wire.indexOf('0;chunk-signature=b6c6'))],
    ['a cut in the data', 'IncompleteBody', (wire) => wire.slice(0, 1000)],
    ['a cut before the last line', 'IncompleteBody', (wire) => wire.slice(0, -2)],
    ['more after the end', 'IncompleteBody', (wire) => `${wire}10000;chunk-signature=${first}\r\n`],
    ['three empty lines at the end', 'IncompleteBody', (wire) => `${wire}\r\n\r\n`],
    ['a line without an end', 'IncompleteBody', () => '1'.repeat(1000)],
    ['nothing', 'IncompleteBody', () => ''],
    ['a trailer', 'IncompleteBody', (wire) => `${wire.slice(0, -2)}${checksumName}:sOO8/Q==\r\n\r\n`],
  ])('with %s: %s', (_, code, change) => {
    expect(codeOf(signedPlain, change(wireOf(plain)))).toBe(code);
  });

  it.each<[string, string, (wire: string) => string]>([
    ['another value', 'SignatureDoesNotMatch', (wire) => wire.replace('sOO8', 'tOO8')],
    ['another signature', 'SignatureDoesNotMatch', (wire) => wire.replace('signature:d8', 'signature:d9')],
    ['a name that was not announced', 'MalformedTrailerError', (wire) => wire.replace('crc32c:', 'crc32:')],
    ['no signature', 'MalformedTrailerError', (wire) => `${wire.slice(0, wire.indexOf('x-amz-trailer'))}\r\n\r\n`],
    ['no trailer', 'MalformedTrailerError', (wire) => `${wire.slice(0, wire.indexOf(checksumName))}\r\n`],
    ['it twice', 'MalformedTrailerError', (wire) => wire.replace(checksumName, `${checksumName}:x\n${checksumName}`)],
    ['no colon', 'MalformedTrailerError', (wire) => wire.replace('crc32c:', 'crc32c=')],
    ['a line that is too long', 'MalformedTrailerError', (wire) => wire.replace('sOO8', 's'.repeat(2000))],
    ['a cut', 'IncompleteBody', (wire) => wire.slice(0, -10)],
  ])('with %s in the trailers: %s', (_, code, change) => {
    expect(codeOf(signedTrailing, change(wireOf(trailing)))).toBe(code);
  });
});

describe('unsigned chunks', () => {
  const options = { decodedBytes: 5, signing: undefined, trailers: [checksumName] };

  it('with a trailer', () => {
    const wire = `5\r\nhello\r\n0\r\n${checksumName}:AAAAAA==\r\n\r\n`;
    expect(decode(options, wire)).toEqual({
      bytes: Buffer.from('hello'),
      trailers: { [checksumName]: 'AAAAAA==' },
    });
  });

  it.each([
    ['5;chunk-signature=ab\r\nhello\r\n0\r\n\r\n', 'IncompleteBody'],
    ['5\r\nhelloo\r\n0\r\n\r\n', 'IncompleteBody'],
    ['4\r\nhell\r\n0\r\n\r\n', 'IncompleteBody'],
    ['2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n', 'InvalidChunkSizeError'],
    ['5\r\nhello\r\n0\r\n\r\n', 'MalformedTrailerError'],
    [`5\r\nhello\r\n0\r\n${checksumName}:x\r\nx-amz-trailer-signature:00\r\n\r\n`, 'MalformedTrailerError'],
  ])('%j: %s', (wire, code) => {
    expect(codeOf(options, wire)).toBe(code);
  });
});

/** An encoder of its own, for the round trip. */
function encode(chunks: readonly Uint8Array[], signing: ChunkSigning | undefined, trailer: string): Buffer {
  const out: Uint8Array[] = [];
  let previous = signing?.seedSignature ?? '';
  const hash = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
  const sign = (kind: string, rest: string) => {
    const text = `AWS4-HMAC-SHA256-${kind}\n${signing?.dateTime ?? ''}\n${signing?.scope ?? ''}\n${previous}\n${rest}`;
    previous = createHmac('sha256', signing?.signingKey ?? '')
      .update(text)
      .digest('hex');
    return previous;
  };
  for (const chunk of [...chunks, Buffer.alloc(0)]) {
    const signature = signing && `;chunk-signature=${sign('PAYLOAD', `${hash('')}\n${hash(chunk)}`)}`;
    out.push(Buffer.from(`${chunk.length.toString(16)}${signature ?? ''}\r\n`), chunk);
    if (chunk.length > 0) out.push(Buffer.from('\r\n'));
  }
  out.push(Buffer.from(`${checksumName}:${trailer}\r\n`));
  if (signing)
    out.push(Buffer.from(`x-amz-trailer-signature:${sign('TRAILER', hash(`${checksumName}:${trailer}\n`))}\r\n`));
  return Buffer.concat([...out, Buffer.from('\r\n')]);
}

function cut(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const at = [0, ...cuts.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((until, index) => bytes.subarray(at[index], until));
}

const run = { seed: 20260203, numRuns: 300 };

describe('any body', () => {
  const sizes = fc.array(fc.integer({ min: 8192, max: 20_000 }), { maxLength: 3 });
  const cuts = fc.array(fc.nat({ max: 100_000 }), { maxLength: 20 });

  it('comes out as it went in, however the network cuts it', () => {
    fc.assert(
      fc.property(sizes, fc.uint8Array({ maxLength: 50 }), cuts, fc.boolean(), (large, last, places, isSigned) => {
        const chunks = [...large.map((size) => Buffer.alloc(size, size)), last].filter(({ length }) => length > 0);
        const signing = isSigned ? signingOf(plain) : undefined;
        const wire = encode(chunks, signing, 'AAAAAA==');
        const decodedBytes = chunks.reduce((sum, { length }) => sum + length, 0);
        const { bytes, trailers } = decode({ decodedBytes, signing, trailers: [checksumName] }, ...cut(wire, places));
        expect(bytes.equals(Buffer.concat(chunks))).toBe(true);
        expect(trailers).toEqual({ [checksumName]: 'AAAAAA==' });
      }),
      run,
    );
  });

  it('that is broken anywhere fails with an S3 error, or decodes to what was announced', () => {
    const framing = fc.constantFrom(
      '5',
      '0',
      '\r\n',
      '\r',
      '\n',
      ';chunk-signature=',
      'ab',
      'hello',
      `${checksumName}:x`,
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(framing, fc.string()), { maxLength: 30 }), fc.boolean(), (parts, isSigned) => {
        const signing = isSigned ? signingOf(plain) : undefined;
        const options = { decodedBytes: 5, signing, trailers: [checksumName] };
        const code = codeOf(options, parts.join(''));
        expect([
          'IncompleteBody',
          'SignatureDoesNotMatch',
          'InvalidChunkSizeError',
          'MalformedTrailerError',
          'decoded',
        ]).toContain(code);
      }),
      run,
    );
  });
});
