import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makePrivateDir, replacePrivateFile } from './private-file.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ozone-s3g-private-'));
  chmodSync(dir, 0o755);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('a private directory', () => {
  it('is made with those above it', () => {
    makePrivateDir(join(dir, 'a', 'b'));
    expect(modeOf(join(dir, 'a', 'b'))).toBe('700');
  });

  it('that was there is closed when it is empty, and left alone when it is not', () => {
    makePrivateDir(dir);
    expect(modeOf(dir)).toBe('700');
    chmodSync(dir, 0o755);
    mkdirSync(join(dir, 'of-somebody'));
    makePrivateDir(dir);
    expect(modeOf(dir)).toBe('755');
  });

  it.each([
    ['a file', () => join(dir, 'file')],
    ['a file above', () => join(dir, 'file', 'data')],
    ['a place that takes no directories', () => '/proc/data'],
  ])('is refused where there is %s', (_, path) => {
    writeFileSync(join(dir, 'file'), '');
    expect(() => makePrivateDir(path())).toThrow('cannot make the directory');
  });
});

describe('a private file', () => {
  it('is replaced whole, for its owner alone', () => {
    const path = join(dir, 'file');
    writeFileSync(path, 'old and longer', { mode: 0o644 });
    replacePrivateFile(path, 'new');
    expect([readFileSync(path, 'utf8'), modeOf(path)]).toEqual(['new', '600']);
  });

  it('leaves nothing behind when it cannot be', () => {
    mkdirSync(join(dir, 'taken', 'x'), { recursive: true });
    expect(() => replacePrivateFile(join(dir, 'taken'), 'new')).toThrow();
    expect(readdirSync(dir)).toEqual(['taken']);
  });
});
