import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';

interface Entry {
  version?: string;
  resolved?: string;
  optionalDependencies?: Record<string, string>;
}
interface Lock {
  packages: Record<string, Entry>;
}

const folder = mkdtempSync(join(tmpdir(), 'complete-lock-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const script = ['scripts/complete-lock.mjs'];

function writeLock(name: string, packages: Lock['packages']): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify({ lockfileVersion: 3, packages }));
  return file;
}

function completed(name: string, packages: Lock['packages']): Lock['packages'] {
  const file = writeLock(name, packages);
  execFileSync(process.execPath, [...script, file]);
  return (JSON.parse(readFileSync(file, 'utf8')) as Lock).packages;
}

describe('the committed lock', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;

  it('has an entry for every optional dependency', () => {
    const names = new Set(Object.keys(packages).map((place) => place.split('node_modules/').at(-1)));
    const wanted = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
    expect(wanted.length).toBeGreaterThan(30);
    expect(wanted.filter((name) => !names.has(name))).toEqual([]);
  });

  it('has no registry address', () => {
    expect(Object.values(packages).filter((entry) => entry.resolved?.includes('://'))).toEqual([]);
  });
});

describe('complete-lock', () => {
  it('adds a missing optional package with the platform that its name says', () => {
    const packages = completed('missing.json', {
      'node_modules/parent': {
        optionalDependencies: {
          '@x/p-darwin-arm64': '1.2.3',
          'p-linux-x64-musl': '1.2.3',
          'p-linux-arm-gnueabihf': '1.2.3',
        },
      },
    });
    expect(packages['node_modules/@x/p-darwin-arm64']).toEqual({
      version: '1.2.3',
      optional: true,
      cpu: ['arm64'],
      os: ['darwin'],
    });
    expect(packages['node_modules/p-linux-x64-musl']).toMatchObject({ cpu: ['x64'], os: ['linux'], libc: ['musl'] });
    expect(packages['node_modules/p-linux-arm-gnueabihf']).toMatchObject({ cpu: ['arm'], libc: ['glibc'] });
  });

  it('finds a dependency in any enclosing folder', () => {
    const inner = { optionalDependencies: { 'q-linux-x64': '1.0.0', 'r-linux-x64': '1.0.0' } };
    const packages = completed('nested.json', {
      'node_modules/a/node_modules/b': inner,
      'node_modules/a/node_modules/q-linux-x64': { version: '1.0.0' },
      'node_modules/r-linux-x64': { version: '1.0.0' },
    });
    expect(Object.keys(packages)).toHaveLength(3);
  });

  it('removes registry addresses and keeps links within the workspace', () => {
    const packages = completed('addresses.json', {
      'node_modules/a': { version: '1.0.0', resolved: 'https://registry.example/a.tgz' },
      'node_modules/w': { resolved: 'w' },
    });
    expect(packages).toEqual({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/w': { resolved: 'w' } });
  });

  it('only looks, with --check', () => {
    const file = writeLock('check.json', { 'node_modules/a': { optionalDependencies: { 'p-win32-x64': '1.0.0' } } });
    const before = readFileSync(file, 'utf8');
    const { status, stdout } = spawnSync(process.execPath, [...script, '--check', file], { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 1, stdout: 'missing node_modules/p-win32-x64\n' });
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});
