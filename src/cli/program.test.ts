import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { accountId, ownerId } from '../s3/owner.ts';

jest.setTimeout(30_000);

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

let dir = '';
let data = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'ozone-s3g-cli-'));
  data = join(dir, 'data');
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const main = join(import.meta.dirname, '..', 'main.ts');
const loader = import.meta.resolve('tsx');

/** Runs the command as a process of its own; `input` is all that its stdin holds. */
async function run(args: readonly string[], { input = '', env = {} } = {}): Promise<Run> {
  const child = spawn(process.execPath, ['--import', loader, main, ...args], {
    env: { PATH: process.env.PATH, ...env },
  });
  child.stdin.end(input);
  const read = async (stream: AsyncIterable<Buffer>) => {
    let text = '';
    for await (const bytes of stream) text += bytes.toString();
    return text;
  };
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [out, err] = await Promise.all([read(child.stdout), read(child.stderr)]);
  return { code: await closed, out, err };
}

const secretOf = (user: string) =>
  (JSON.parse(readFileSync(join(data, 'credentials.json'), 'utf8')) as Record<string, string>)[user];

describe('getsecret', () => {
  it('prints a new secret once, under the login name', async () => {
    const first = await run(['getsecret', '--data', data]);
    const name = userInfo().username;
    expect(first).toEqual({ code: 0, out: `awsAccessKey=${name}\nawsSecret=${secretOf(name)}\n`, err: '' });
    const second = await run(['getsecret', '--data', data]);
    expect(second).toMatchObject({ code: 1, out: '' });
    expect(second.err).toContain('S3_SECRET_ALREADY_EXISTS');
    expect(second.err).not.toContain(secretOf(name));
    expect(statSync(join(data, 'credentials.json')).mode & 0o777).toBe(0o600);
  });

  it('prints export lines with -e', async () => {
    const { code, out } = await run(['getsecret', '-e', '-u', 'eve'], { env: { OZONE_S3G_DATA: data } });
    expect(code).toBe(0);
    expect(out).toBe(`export AWS_ACCESS_KEY_ID='eve'\nexport AWS_SECRET_ACCESS_KEY='${secretOf('eve')}'\n`);
  });
});

describe('setsecret', () => {
  it('replaces a secret', async () => {
    await run(['getsecret', '-u', 'sam', '--data', data]);
    const secret = `it's-mine`;
    const { code, out } = await run(['setsecret', '-u', 'sam', '-s', secret, '--data', data]);
    expect({ code, out }).toEqual({ code: 0, out: `awsAccessKey=sam\nawsSecret=${secret}\n` });
    expect(secretOf('sam')).toBe(secret);
    const exported = await run(['setsecret', '-e', '-u', 'sam', '-s', secret, '--data', data]);
    expect(exported.out).toContain(`AWS_SECRET_ACCESS_KEY='it'\\''s-mine'`);
  });

  it('refuses a user who has none, and a short one', async () => {
    const unknown = await run(['setsecret', '-u', 'nobody', '-s', 'long-enough', '--data', data]);
    expect(unknown).toMatchObject({ code: 1, out: '' });
    expect(unknown.err).toContain('ACCESS_ID_NOT_FOUND');
    const short = await run(['setsecret', '-u', 'no body', '-s', 'short', '--data', data]);
    expect(short.code).toBe(2);
    expect(short.err).toContain('2 problems');
    expect(short.err).not.toContain('short');
  });
});

describe('revokesecret', () => {
  const question = "Enter 'y' to confirm S3 secret revocation for 'rob': ";

  it('asks, and revokes on y alone', async () => {
    await run(['getsecret', '-u', 'rob', '--data', data]);
    const no = await run(['revokesecret', '-u', 'rob', '--data', data], { input: 'no\n' });
    expect(no).toMatchObject({ code: 0, out: `${question}Operation cancelled.\n` });
    const nobody = await run(['revokesecret', '-u', 'rob', '--data', data]);
    expect(nobody.code).toBe(1);
    expect(secretOf('rob')).toBeDefined();
    const yes = await run(['revokesecret', '-u', 'rob', '--data', data], { input: 'y\n' });
    expect(yes).toEqual({ code: 0, out: `${question}S3 secret revoked.\n`, err: '' });
    expect(secretOf('rob')).toBeUndefined();
  });

  it('does not ask with -y, and says when there is none', async () => {
    await run(['getsecret', '-u', 'rob', '--data', data]);
    expect((await run(['revokesecret', '-y', '-u', 'rob', '--data', data])).out).toBe('S3 secret revoked.\n');
    const again = await run(['revokesecret', '-y', '-u', 'rob', '--data', data]);
    expect(again).toMatchObject({ code: 1, out: '' });
    expect(again.err).toContain('S3_SECRET_NOT_FOUND');
  });
});

describe('config', () => {
  it('prints what is in force and where it comes from, and no secret', async () => {
    const env = { OZONE_S3G_WORKERS: '3', OZONE_S3G_SECRET_KEY: 'not-to-be-seen' };
    const { code, out } = await run(['config', '--region', 'eu-west-1'], { env });
    expect(code).toBe(0);
    expect(out).toMatch(/^ozone\.s3g\.workers += 3 +# OZONE_S3G_WORKERS$/m);
    expect(out).toMatch(/^ozone\.s3g\.region += eu-west-1 +# --region$/m);
    expect(out).toMatch(/^ozone\.s3g\.http-address += 127\.0\.0\.1:9878 +# default$/m);
    expect(out).not.toContain('not-to-be-seen');
  });

  it("prints a user's ids", async () => {
    const { out } = await run(['config', '--user', 'alice']);
    expect(out).toBe(`owner=${ownerId('alice')}\naccount=${accountId('alice')}\n`);
  });
});

describe('wrong usage', () => {
  it('is named all at once, and nothing is done', async () => {
    const env = { OZONE_S3G_NONE: '1' };
    const elsewhere = join(dir, 'elsewhere');
    const args = [
      'serve',
      '--bogus=1',
      '--workers',
      '0',
      'extra',
      '--http-address',
      '--conf',
      '/no',
      '--data',
      elsewhere,
    ];
    const { code, err } = await run(args, { env });
    expect(code).toBe(2);
    for (const part of ['6 problems', '--bogus', '--workers', 'extra', '--http-address', '--conf', 'OZONE_S3G_NONE']) {
      expect(err).toContain(part);
    }
    expect(existsSync(elsewhere)).toBe(false);
  });

  it.each([[[]], [['fly']], [['config', '--user']]])('%j ends with 2', async (args) => {
    expect((await run(args)).code).toBe(2);
  });
});

it.each(['serve', 'getsecret', 'setsecret', 'revokesecret', 'config'])('%s --help shows examples', async (name) => {
  const { code, out } = await run([name, '--help']);
  expect(code).toBe(0);
  expect(out).toContain('Examples:');
  expect(out).toContain(`ozone-s3g ${name}`);
});
