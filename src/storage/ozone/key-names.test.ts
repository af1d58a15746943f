import { describe, expect, it } from '@jest/globals';
import { checkStorable, isBlank, isPathName } from './key-names.ts';

describe('names of keys', () => {
  it.each(['', ' ', '\t', '\n \u000b\f\r', '\u001c\u001f', '\u2028\u3000\u2006'])('are none to the OM: %j', (key) => {
    expect(isBlank(key)).toBe(true);
    expect(() => {
      checkStorable(key);
    }).toThrow('white space');
  });
  it.each(['a', ' a', '\u00a0', '\u2007', '\u202f', '\u0001', '\ufeff', '\u0085'])('are names to the OM: %j', (key) => {
    expect(isBlank(key)).toBe(false);
    checkStorable(key);
  });
  it('of directories’ children are neither empty nor paths', () => {
    expect(['a', '...', ' ', '', '.', '..', 'a/b'].filter(isPathName)).toEqual(['a', '...', ' ']);
  });
});
