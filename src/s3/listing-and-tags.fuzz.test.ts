import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isS3Error } from '../errors/s3-error.ts';
import { checkAclHeaders } from './acl.ts';
import { decodeContinuationToken, encodeContinuationToken } from './continuation-token.ts';
import { parseEncodingType } from './encoding-type.ts';
import { parseMaxBuckets, parsePageLimit, parsePartNumberMarker } from './list-parameters.ts';
import { checkLocationConstraint } from './location-constraint.ts';
import { isBucketName } from './names.ts';
import { requestHead } from './request-head.ts';
import { parseTaggingHeader } from './tagging.ts';

const runs = { seed: 20240229, numRuns: 500 };
const pieces = fc
  .array(
    fc.oneof(
      fc.constantFrom('id=', 'uri=', 'emailAddress=', '"', ',', ' ', '=', '&', '+', '%', '%C3', '%A4', '%zz', 'aws:'),
      fc.constantFrom('private', 'url', 'eu-west-1', '0', '1000', '-', '.', '9'.repeat(30), '\n', '\u0000'),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

describe('parsers of parameters and headers', () => {
  it.each<[string, (text: string) => unknown]>([
    ['x-amz-tagging', parseTaggingHeader],
    ['x-amz-acl', (text) => checkAclHeaders(requestHead({ 'x-amz-acl': text }), 'o', 'AccessControlListNotSupported')],
    [
      'x-amz-grant-read',
      (text) => checkAclHeaders(requestHead({ 'x-amz-grant-read': text }), 'o', 'AccessControlListNotSupported'),
    ],
    ['continuation-token', decodeContinuationToken],
    ['encoding-type', parseEncodingType],
    ['max-keys', (text) => parsePageLimit('max-keys', text)],
    ['max-buckets', parseMaxBuckets],
    ['part-number-marker', parsePartNumberMarker],
    [
      'LocationConstraint',
      (text) => {
        checkLocationConstraint(text, 'us-east-1');
      },
    ],
  ])('%s is refused with nothing but 400', (_name, parse) => {
    fc.assert(
      fc.property(pieces, (text) => {
        try {
          parse(text);
        } catch (error) {
          expect(isS3Error(error) && error.status).toBe(400);
        }
      }),
      runs,
    );
  });

  it('a token gives back what it was made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (key) => {
        expect(decodeContinuationToken(encodeContinuationToken(key))).toBe(key);
      }),
      runs,
    );
  });

  it('an encoded key is decoded to what it was', () => {
    const { encode } = parseEncodingType('url');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (key) => {
        expect(encode(key)).toMatch(/^[\w.~*/%-]*$/);
        expect(decodeURIComponent(encode(key))).toBe(key);
      }),
      runs,
    );
  });

  it('tags written into a header are read back', () => {
    const text = fc.stringMatching(/^[A-Za-z0-9 _.:/=+@äß漢-]{1,20}$/);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.record({ key: text, value: text }), { selector: (tag) => tag.key, maxLength: 10 }),
        (tags) => {
          const header = tags
            .map(({ key, value }) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`)
            .join('&');
          expect(parseTaggingHeader(header)).toEqual(tags);
        },
      ),
      runs,
    );
  });

  it('a bucket name fits before a domain', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9.-]{0,70}$/), (name) => {
        if (isBucketName(name)) expect(new URL(`http://${name}.example.com/`).hostname).toBe(`${name}.example.com`);
      }),
      runs,
    );
  });
});
