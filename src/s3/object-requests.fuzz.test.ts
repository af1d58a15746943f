import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isS3Error } from '../errors/s3-error.ts';
import { checkReadConditions } from './conditions.ts';
import { parseCopySource } from './copy-source.ts';
import { decodeWords, encodeWords } from './encoded-word.ts';
import { matchesWeakly, parseEtagList, quoteEtag } from './etag.ts';
import { refuseLackedFeatures } from './feature-headers.ts';
import { parsePartNumber } from './part-number.ts';
import { parseCopySourceRange, parseRange } from './range.ts';
import { requestHead } from './request-head.ts';
import { responseOverrides } from './response-overrides.ts';
import { readUserMetadata } from './user-metadata.ts';

/** What clients send, and what only those send who mean harm. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({
    unit: fc.constantFrom('"', ',', 'W', '/', '*', '=', '?', '-', ' ', '%', '0', '9', 'b', '\0'),
    maxLength: 60,
  }),
);
const seeded = { seed: 20260101, numRuns: 2000 };

function attempt(action: () => unknown): void {
  try {
    action();
  } catch (error) {
    if (!isS3Error(error)) throw error;
  }
}

describe('whatever comes', () => {
  const parsers: readonly [string, (text: string) => unknown][] = [
    ['a copy source', parseCopySource],
    ['a copy source range', parseCopySourceRange],
    ['a list of ETags', parseEtagList],
    ['a part number', parsePartNumber],
    ['a range', (text) => parseRange(text, 10)],
    ['user metadata', (text) => readUserMetadata(requestHead({ 'x-amz-meta-a': text }))],
    ['an override', (text) => responseOverrides(requestHead({}, { 'response-expires': text }), true)],
    [
      'a condition',
      (text) => {
        const conditions = { 'if-match': text, 'if-none-match': text, 'if-modified-since': text };
        return checkReadConditions(requestHead(conditions), { etag: 'abc', lastModified: new Date(0) });
      },
    ],
    [
      'a header of a feature',
      (text) => {
        refuseLackedFeatures('GetObject', requestHead({ 'x-amz-trailer': text }, { versionId: text }));
      },
    ],
  ];

  it.each(parsers)('%s is read or refused as S3 does', (_what, parse) => {
    fc.assert(
      fc.property(hostile, (text) => {
        attempt(() => parse(text));
      }),
      seeded,
    );
  });
});

it('a range lies within the object', () => {
  const end = fc.option(fc.nat({ max: 40 }), { nil: undefined });
  fc.assert(
    fc.property(end, end, fc.nat({ max: 30 }), (first, last, sizeBytes) => {
      const range = parseRange(`bytes=${String(first ?? '')}-${String(last ?? '')}`, sizeBytes);
      if (range === undefined || range === 'unsatisfiable') return;
      expect(range.first).toBeGreaterThanOrEqual(0);
      expect(range.last).toBeGreaterThanOrEqual(range.first);
      expect(range.last).toBeLessThan(sizeBytes);
    }),
    seeded,
  );
});

it('a copy source names what was encoded', () => {
  const key = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((text) => !text.includes('\0'));
  fc.assert(
    fc.property(key, (text) => {
      const value = `/bucket/${text.split('/').map(encodeURIComponent).join('/')}`;
      expect(parseCopySource(value)).toEqual({ bucket: 'bucket', key: text });
    }),
    seeded,
  );
});

it('words come back as they went', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 200 }).filter((value) => !value.includes('=?'));
  fc.assert(
    fc.property(text, (value) => {
      expect(decodeWords(encodeWords(value))).toBe(value);
    }),
    seeded,
  );
});

it('an ETag is found among others', () => {
  const etag = fc.stringMatching(/^[0-9a-f]{32}(-[1-9]\d{0,3})?$/);
  fc.assert(
    fc.property(fc.array(etag, { maxLength: 5 }), etag, (others, wanted) => {
      expect(matchesWeakly([...others, wanted].map(quoteEtag).join(', '), wanted)).toBe(true);
    }),
    { ...seeded, numRuns: 300 },
  );
});
