import { describe, expect, it } from '@jest/globals';
import { encodeToken } from './block-token.ts';

const empty = { identifier: Buffer.alloc(0), password: Buffer.alloc(0), kind: '', service: '' };

describe('encodeToken', () => {
  it('puts each field behind its length, as text that fits into a URL', () => {
    const token = { identifier: Buffer.from([0xfb, 0xff]), password: Buffer.from([1]), kind: 'HDDS', service: 'ä' };
    expect(Buffer.from(encodeToken(token), 'base64url')).toEqual(
      Buffer.from([2, 0xfb, 0xff, 1, 1, 4, ...Buffer.from('HDDS'), 2, 0xc3, 0xa4]),
    );
    expect(encodeToken(token)).toMatch(/^[A-Za-z0-9_-]+$/);
  });

  it.each([
    [0, [0]],
    [127, [127]],
    [128, [0x8f, 0x80]],
    [255, [0x8f, 0xff]],
    [256, [0x8e, 1, 0]],
    [65_536, [0x8d, 1, 0, 0]],
  ])('writes a length of %i in as few bytes as it needs', (length, bytes) => {
    const encoded = Buffer.from(encodeToken({ ...empty, identifier: Buffer.alloc(length, 7) }), 'base64url');
    expect([...encoded.subarray(0, bytes.length)]).toEqual(bytes);
    expect(encoded.length).toBe(bytes.length + length + 3);
  });
});
