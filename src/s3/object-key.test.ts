import { expect, it } from '@jest/globals';
import { checkObjectKey } from './object-key.ts';

it.each([['a'], ['a'.repeat(1024)], ['é'.repeat(512)], ['€'.repeat(341)], ['\u{1F600}'.repeat(256)]])(
  'takes a key of up to 1024 bytes (%#)',
  (key) => {
    expect(() => {
      checkObjectKey(key);
    }).not.toThrow();
  },
);

it.each([
  ['a'.repeat(1025), '1025'],
  ['é'.repeat(513), '1026'],
  ['\u{1F600}'.repeat(257), '1028'],
])('refuses a longer one (%#)', (key, size) => {
  expect(() => {
    checkObjectKey(key);
  }).toThrow(expect.objectContaining({ code: 'KeyTooLongError', details: { Size: size, MaxSizeAllowed: '1024' } }));
});
