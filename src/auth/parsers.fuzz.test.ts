import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isS3Error } from '../errors/s3-error.ts';
import { LocalVerifier } from './local-verifier.ts';
import { canonicalPath, decodePercent, encodeQueryText } from './percent-encoding.ts';
import { canonicalQuery, parseQuery } from './query-parameters.ts';
import type { HeaderList } from './verifier.ts';

const run = { seed: 20260203, numRuns: 2000 };
const now = new Date('2026-02-03T04:05:06Z');
const secretOf = (key: string) => (key === 'AK' ? 'secret' : undefined);
const verifier = new LocalVerifier({ credentials: { secretOf }, region: 'us-east-1', isRegionStrict: false });

function outcome(rawPath: string, rawQuery: string, headers: HeaderList): string {
  try {
    verifier.verify({ method: 'GET', rawPath, rawQuery, headers, now });
  } catch (error) {
    if (isS3Error(error)) return error.code;
    throw error;
  }
  return 'let in';
}

/** Bytes as Node gives them. */
const latin1 = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)) });
const fragments = [
  ...['AWS4-HMAC-SHA256', ' ', ',', ';', '=', '/', 'Credential=', 'SignedHeaders=', 'Signature='],
  ...['AK/20260203/us-east-1/s3/aws4_request', 'host', 'x-amz-date', '20260203T040506Z', 'a'.repeat(64)],
];
const authorization = fc
  .array(fc.oneof(fc.constantFrom(...fragments), latin1), { maxLength: 20 })
  .map((parts) => parts.join(''));
const parameter = fc.tuple(
  fc.constantFrom(
    ...['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Expires', 'X-Amz-SignedHeaders', 'X-Amz-Signature'],
    ...['X-Amz-Security-Token', 'X-Amz-Content-Sha256', 'x-amz-meta-a', 'prefix', 'Signature'],
  ),
  fc.oneof(fc.constantFrom(...fragments, '3600', '-1', 'AWS4-HMAC-SHA256', '%ZZ', '%', '%2'), latin1),
);

describe('whatever is sent for a signature', () => {
  it('in the Authorization header is refused with an S3 error', () => {
    fc.assert(
      fc.property(authorization, latin1, latin1, (value, date, hash) => {
        const headers: HeaderList = [
          ['Host', 'localhost'],
          ['Authorization', value],
          ['X-Amz-Date', date === '' ? '20260203T040506Z' : date],
          ['x-amz-content-sha256', hash === '' ? 'UNSIGNED-PAYLOAD' : hash],
        ];
        expect(outcome('/b/k', '', headers)).not.toBe('let in');
      }),
      run,
    );
  });

  it('in the query is refused with an S3 error', () => {
    fc.assert(
      fc.property(latin1, fc.array(parameter, { maxLength: 10 }), (path, parameters) => {
        const query = parameters.map((pair) => pair.join('=')).join('&');
        expect(outcome(`/${path}`, query, [['host', 'localhost']])).not.toBe('let in');
      }),
      run,
    );
  });
});

describe('the one spelling', () => {
  it('of a path stays as it is', () => {
    fc.assert(
      fc.property(latin1, (path) => {
        const once = canonicalPath(`/${path}`);
        expect(once).toMatch(/^[A-Za-z0-9\-._~/%]*$/);
        expect(canonicalPath(once)).toBe(once);
      }),
      run,
    );
  });

  it('of a query is decoded to what was encoded', () => {
    fc.assert(
      fc.property(latin1, (text) => {
        expect(decodePercent(encodeQueryText(text), true)).toBe(text);
      }),
      run,
    );
  });

  it('of a query does not depend on the order of the parameters', () => {
    const pairs = fc.array(fc.tuple(latin1, latin1), { maxLength: 6 });
    const raw = (list: readonly (readonly [string, string])[]) =>
      list.map(([name, value]) => `${encodeQueryText(name)}=${encodeQueryText(value)}`).join('&');
    fc.assert(
      fc.property(pairs, (list) => {
        expect(canonicalQuery(parseQuery(raw(list.toReversed())))).toBe(canonicalQuery(parseQuery(raw(list))));
      }),
      run,
    );
  });
});
