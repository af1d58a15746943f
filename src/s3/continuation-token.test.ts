import { describe, expect, it } from '@jest/globals';
import { decodeContinuationToken, encodeContinuationToken } from './continuation-token.ts';

const keys = ['a', '', 'photos/2024/', 'a b+c%2F&=?', '漢字\u{1F600}', '\u0001\n', 'x'.repeat(1024)];

describe('continuation token', () => {
  it.each(keys)('comes back as %j', (key) => {
    expect(decodeContinuationToken(encodeContinuationToken(key))).toBe(key);
  });

  it.each(keys)('needs no escaping in a query, for %j', (key) => {
    expect(encodeContinuationToken(key)).toMatch(/^[\w-]+$/);
  });

  const token = encodeContinuationToken('photos/b');
  it.each([
    ['nothing', ''],
    ['a key', 'photos/b'],
    ['a key in base64', Buffer.from('photos/b').toString('base64')],
    ['a token cut short', token.slice(0, -1)],
    ['a token and more', `${token}A`],
    ['a token with spaces', ` ${token}`],
    ['a token with padding', `${token}=`],
    ['a token of another alphabet', `${token}+`],
    ...Array.from(
      token,
      (c, index) =>
        [
          `another character at ${index}`,
          token.slice(0, index) + (c === 'A' ? 'B' : 'A') + token.slice(index + 1),
        ] as const,
    ),
  ])('refuses %s', (_what, text) => {
    expect(() => decodeContinuationToken(text)).toThrow(
      expect.objectContaining({ code: 'InvalidArgument', message: 'The continuation token provided is incorrect' }),
    );
  });
});
