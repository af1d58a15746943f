import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { awsProfilePath, readAwsProfile } from '../auth/aws-profile.ts';
import { credentialsFile, type CredentialsFile } from '../auth/credentials-file.ts';
import { loginName } from '../auth/login-name.ts';
import { Secret } from '../config/secret.ts';
import { prepareFirstUser } from './first-user.ts';

let dir = '';
let credentials: CredentialsFile;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ozone-s3g-first-'));
  credentials = credentialsFile(dir);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const start = (accessKey?: string, secret?: string) =>
  prepareFirstUser(dir, credentials, { accessKey, secretKey: secret === undefined ? undefined : new Secret(secret) });
const profileIs = (userName: string) => {
  expect(readAwsProfile(dir)).toEqual({ userName, secret: credentials.secretOf(userName) });
};

describe('the first start', () => {
  it('makes the login name and its profile, for its owner alone', async () => {
    expect(await start()).toBe(loginName());
    profileIs(loginName());
    expect(credentials.secretOf(loginName())).toMatch(/^[0-9a-f]{64}$/);
    expect(statSync(awsProfilePath(dir)).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['alice', 'her-own-secret', 'alice', 'her-own-secret'],
    ['alice', undefined, 'alice', undefined],
    [undefined, 'her-own-secret', loginName(), 'her-own-secret'],
  ])('takes %s and %s from the configuration', async (accessKey, secret, userName, expected) => {
    expect(await start(accessKey, secret)).toBe(userName);
    expect(credentials.secretOf(userName)).toEqual(expected ?? expect.stringMatching(/^[0-9a-f]{64}$/));
    profileIs(userName);
  });

  it('keeps the secret that getsecret made before', async () => {
    const secret = await credentials.create(loginName());
    await start();
    expect(readAwsProfile(dir)?.secret).toBe(secret);
  });
});

describe('a later start', () => {
  it('changes nothing, and keeps its user', async () => {
    await start('alice');
    const secret = credentials.secretOf('alice');
    expect(await start()).toBe('alice');
    expect(credentials.secretOf('alice')).toBe(secret);
    expect(credentials.secretOf(loginName())).toBeUndefined();
  });

  it('puts a changed secret in force', async () => {
    await start('alice', 'the-first-one');
    await start('alice', 'the-second-one');
    expect(credentials.secretOf('alice')).toBe('the-second-one');
    profileIs('alice');
  });

  it('brings the profile up to date', async () => {
    await start('alice');
    await credentials.replace('alice', 'chosen-by-herself');
    await start();
    profileIs('alice');
  });

  it('does not make a user again who was revoked', async () => {
    await start('alice');
    await credentials.revoke('alice');
    expect(await start('alice')).toBeUndefined();
    expect(credentials.secretOf('alice')).toBeUndefined();
  });
});
