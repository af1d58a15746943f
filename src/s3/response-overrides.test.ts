import { expect, it } from '@jest/globals';
import { requestHead } from './request-head.ts';
import { responseOverrides } from './response-overrides.ts';

const names = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
];

it.each(names)('overrides %s', (name) => {
  expect(responseOverrides(requestHead({}, { [`response-${name}`]: 'a b' }), true)).toEqual({ [name]: 'a b' });
});

it('leaves all else alone', () => {
  expect(responseOverrides(requestHead({}, { 'response-etag': 'x', prefix: 'y' }), true)).toEqual({});
});

it('refuses an unsigned request', () => {
  const head = requestHead({}, { 'response-content-type': 'text/plain' });
  expect(() => responseOverrides(head, false)).toThrow(expect.objectContaining({ code: 'InvalidRequest' }));
  expect(responseOverrides(requestHead({}), false)).toEqual({});
});

it.each(['a\r\nset-cookie: b', 'a\nb', '\u0000', '\u20ac', '\u{1F600}'])('refuses %j', (value) => {
  const head = requestHead({}, { 'response-content-disposition': value });
  expect(() => responseOverrides(head, true)).toThrow(expect.objectContaining({ code: 'InvalidArgument' }));
});
