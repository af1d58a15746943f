import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { credentialsFile, SecretError } from './credentials-file.ts';

let dir = '';
let path = '';
beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), 'ozone-s3g-credentials-')), 'data');
  path = join(dir, 'credentials.json');
});
afterEach(() => rmSync(join(dir, '..'), { recursive: true, force: true }));

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: unknown) => (error instanceof SecretError ? error.code : error),
  );

describe('a secret', () => {
  it('is made once, and anew after it was revoked', async () => {
    const credentials = credentialsFile(dir);
    const secret = await credentials.create('alice');
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(await codeOf(credentials.create('alice'))).toBe('S3_SECRET_ALREADY_EXISTS');
    expect(credentials.secretOf('alice')).toBe(secret);
    await credentials.revoke('alice');
    expect(credentials.secretOf('alice')).toBeUndefined();
    expect(await credentials.create('alice')).not.toBe(secret);
  });

  it('is replaced and revoked only where there is one, and nothing is made for a refusal', async () => {
    const credentials = credentialsFile(dir);
    expect(await codeOf(credentials.replace('alice', 'long-enough'))).toBe('ACCESS_ID_NOT_FOUND');
    expect(await codeOf(credentials.revoke('alice'))).toBe('S3_SECRET_NOT_FOUND');
    expect(existsSync(dir)).toBe(false);
    await credentials.create('alice');
    await credentials.replace('alice', 'long-enough');
    expect(credentials.secretOf('alice')).toBe('long-enough');
  });

  it.each(['__proto__', 'constructor', 'toString'])('of a user called %s is one like any other', async (name) => {
    const credentials = credentialsFile(dir);
    expect(credentials.secretOf(name)).toBeUndefined();
    const secret = await credentials.create(name);
    expect(credentialsFile(dir).secretOf(name)).toBe(secret);
  });

  it('is seen by others at their next look', async () => {
    const [server, command] = [credentialsFile(dir), credentialsFile(dir)];
    expect(server.secretOf('alice')).toBeUndefined();
    for (let round = 0; round < 20; round += 1) {
      const secret = await command.create('alice');
      expect(server.secretOf('alice')).toBe(secret);
      await command.revoke('alice');
      expect(server.secretOf('alice')).toBeUndefined();
    }
  });
});

describe('the file', () => {
  it('and its directory are for their owner alone, and nothing is left beside it', async () => {
    await credentialsFile(dir).create('alice');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    expect(readdirSync(dir)).toEqual(['credentials.json']);
  });

  it.each(['', '[]', '{"alice": 1}', '{"alice": "x"'])('is not overwritten when it holds %j', async (text) => {
    mkdirSync(dir);
    writeFileSync(path, text);
    const credentials = credentialsFile(dir);
    expect(() => credentials.secretOf('alice')).toThrow('not a JSON object of secrets');
    await expect(credentials.create('alice')).rejects.toThrow('not a JSON object of secrets');
  });
});

describe('the lock', () => {
  const left = (content: string) => {
    mkdirSync(dir, { recursive: true });
    writeFileSync(`${path}.lock`, content);
  };

  it('of a dead process is broken', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    left(`${child.pid ?? 0} token`);
    await credentialsFile(dir).create('alice');
    expect(readdirSync(dir)).toEqual(['credentials.json']);
  });

  it('that is too old to be held is broken, and so is the one to break it', async () => {
    const longAgo = new Date(Date.now() - 60_000);
    left(`${process.pid} token`);
    writeFileSync(`${path}.lock.break`, String(process.pid));
    utimesSync(`${path}.lock`, longAgo, longAgo);
    utimesSync(`${path}.lock.break`, longAgo, longAgo);
    await credentialsFile(dir).create('alice');
    expect(readdirSync(dir)).toEqual(['credentials.json']);
  });

  it('that is held is waited for', async () => {
    left(`${process.pid} token`);
    const made = credentialsFile(dir).create('alice');
    setTimeout(() => rmSync(`${path}.lock`), 100);
    const secret = await made;
    expect(credentialsFile(dir).secretOf('alice')).toBe(secret);
  });

  it('lets no change of many at once get lost', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `user-${index}`);
    await Promise.all(names.map((name) => credentialsFile(dir).create(name)));
    const credentials = credentialsFile(dir);
    expect(names.filter((name) => credentials.secretOf(name) === undefined)).toEqual([]);
  });
});
