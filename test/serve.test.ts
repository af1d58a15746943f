import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, describe, expect, it, jest } from '@jest/globals';

import { startServer } from '../bench/server-process.ts';
import { signedHead } from '../bench/sign.ts';
import { startGatewayProcess, type GatewayOptions, type GatewayProcess } from './gateway-process.ts';
import { runProgram } from './run-program.ts';
import { errorCode, WireClient } from './wire-client.ts';

jest.setTimeout(60_000);

const launcher = join(import.meta.dirname, '..', 'bin', 'ozone-s3g.js');
const running: GatewayProcess[] = [];

async function start(options: GatewayOptions = {}): Promise<GatewayProcess> {
  const gateway = await startGatewayProcess(options);
  running.push(gateway);
  return gateway;
}
afterEach(async () => {
  await Promise.all(running.splice(0).map((gateway) => gateway.stop()));
});

async function admin(gateway: GatewayProcess, path: string): Promise<{ status: number; text: string }> {
  const [, url = ''] = await gateway.server.printed(/Admin on (\S+)/);
  const response = await fetch(url + path);
  return { status: response.status, text: await response.text() };
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`it does not come to this: ${what}`);
    await sleep(20);
  }
}

async function isGone(pid: number): Promise<boolean> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return text === '' || / Z /.test(text);
}

async function listBuckets(gateway: GatewayProcess): Promise<number> {
  const client = new WireClient(gateway.endpoint);
  try {
    return (await client.request({ method: 'GET', path: '/' })).status;
  } finally {
    client.close();
  }
}

/** An upload of ten bytes of which half have been sent, and a function that sends the rest. */
async function halfSentUpload(gateway: GatewayProcess): Promise<{ finish: () => Promise<string>; socket: Socket }> {
  const client = new WireClient(gateway.endpoint);
  await client.makeBucket('slow');
  client.close();
  const socket = connect(gateway.endpoint.port, gateway.endpoint.host);
  socket.on('error', () => undefined);
  let answer = '';
  const closed = new Promise((resolve) => socket.on('close', resolve));
  socket.setEncoding('latin1');
  socket.on('readable', () => {
    answer += (socket.read() as string | null) ?? '';
  });
  socket.write(signedHead(gateway.endpoint, { method: 'PUT', path: '/slow/key', contentLength: 10 }));
  socket.write('12345');
  await sleep(200);
  const finish = async () => {
    socket.write('67890');
    await Promise.race([closed, until('an answer', async () => answer.includes('\r\n\r\n'))]);
    return answer;
  };
  return { finish, socket };
}

describe('serve', () => {
  it('says where it is and how to use it, and no secret', async () => {
    const gateway = await start({ workers: 2 });
    const lines = gateway.server.output.split('\n').map((line) => line.trim());
    const profile = join(gateway.dataDirectory, 'aws-credentials');
    expect(lines).toContain(`Data in ${gateway.dataDirectory}`);
    expect(lines).toContain(`AWS_SHARED_CREDENTIALS_FILE=${profile} aws --endpoint-url ${gateway.url} s3 ls`);
    expect(gateway.server.output).not.toContain(gateway.endpoint.secretKey);
    expect(await readFile(profile, 'utf8')).toContain(`aws_secret_access_key = ${gateway.endpoint.secretKey}\n`);
    const modes = await Promise.all(
      [profile, join(gateway.dataDirectory, 'credentials.json'), gateway.dataDirectory].map((path) => stat(path)),
    );
    expect(modes.map(({ mode }) => (mode & 0o777).toString(8))).toEqual(['600', '600', '700']);
  });

  it('adds up what all workers count', async () => {
    const gateway = await start({ workers: 2 });
    for (let count = 0; count < 10; count += 1) expect(await listBuckets(gateway)).toBe(200);
    const { text } = await admin(gateway, '/metrics');
    expect(text).toContain('s3g_requests_total{operation="ListBuckets",code="200"} 10\n');
    expect(text).toMatch(/^s3g_bytes_total\{direction="out"\} [1-9]/m);
    for (const name of ['primary', 'worker-1', 'worker-2']) {
      expect(text).toContain(`process_resident_memory_bytes{process="${name}"} `);
    }
  });

  it('puts secrets in force that are made, set and revoked meanwhile', async () => {
    const gateway = await start({ workers: 2 });
    const command = (name: string, ...args: string[]) =>
      runProgram(process.execPath, [launcher, name, '-u', 'alice', '--data', gateway.dataDirectory, ...args]);
    const answerTo = async (secretKey: string) => {
      const client = new WireClient({ ...gateway.endpoint, accessKey: 'alice', secretKey });
      const response = await client.request({ method: 'GET', path: '/' });
      client.close();
      return errorCode(response) ?? response.status;
    };
    const made = /awsSecret=(\S+)/.exec(await command('getsecret'))?.[1] ?? '';
    expect(await answerTo(made)).toBe(200);
    await command('setsecret', '-s', 'a-secret-of-her-own');
    expect(await answerTo(made)).toBe('SignatureDoesNotMatch');
    expect(await answerTo('a-secret-of-her-own')).toBe(200);
    await command('revokesecret', '-y');
    expect(await answerTo('a-secret-of-her-own')).toBe('InvalidAccessKeyId');
  });
});

describe('a worker that dies', () => {
  it('is replaced on the same port, what it counted stays, and nobody is ready meanwhile', async () => {
    const gateway = await start();
    expect(await listBuckets(gateway)).toBe(200);
    expect((await admin(gateway, '/ready')).status).toBe(200);
    const counted = async () =>
      (await admin(gateway, '/metrics')).text.includes('s3g_requests_total{operation="ListBuckets",code="200"} 1\n');
    expect(await counted()).toBe(true);

    const [worker = 0] = await gateway.workerPids();
    process.kill(worker, 'SIGKILL');
    await until('the worker is gone', () => isGone(worker));
    await until('not ready', async () => (await admin(gateway, '/ready')).status === 503);
    await until('ready again', async () => (await admin(gateway, '/ready')).status === 200);
    expect(await counted()).toBe(true);
    expect(await listBuckets(gateway)).toBe(200);
    expect(await gateway.workerPids()).not.toContain(worker);
  });

  it('of two leaves the other serving', async () => {
    const gateway = await start({ workers: 2 });
    const [worker = 0] = await gateway.workerPids();
    process.kill(worker, 'SIGKILL');
    await until('the worker is gone', () => isGone(worker));
    // A connection that the primary was handing to it at that moment has no answer.
    await until('the other serves', async () => (await Promise.race([listBuckets(gateway), sleep(1000)])) === 200);
    await until('another takes its place', async () => (await gateway.workerPids()).length === 2);
  });

  it('with its primary process leaves nothing behind', async () => {
    const gateway = await start({ workers: 2 });
    const workers = await gateway.workerPids();
    expect(workers).toHaveLength(2);
    gateway.server.child.kill('SIGKILL');
    for (const pid of workers) await until(`${pid} ends`, () => isGone(pid));
  });
});

describe('told to stop, it', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'finishes what runs on %s, takes nothing new, and ends with 0',
    async (signal) => {
      const gateway = await start();
      const upload = await halfSentUpload(gateway);
      gateway.server.child.kill(signal);
      await until('not ready', async () => (await admin(gateway, '/ready')).text.includes('stopping'));
      await expect(listBuckets(gateway)).rejects.toThrow();
      expect(await upload.finish()).toMatch(/^HTTP\/1\.1 200 /);
      const startedAt = Date.now();
      await gateway.server.exited;
      expect(Date.now() - startedAt).toBeLessThan(5000);
      expect(gateway.server.child.exitCode).toBe(0);
      upload.socket.destroy();
    },
  );

  it('cuts off what runs longer than the grace period', async () => {
    const gateway = await start({ args: ['--timeout-grace', '300ms'] });
    const upload = await halfSentUpload(gateway);
    gateway.server.child.kill('SIGTERM');
    await gateway.server.exited;
    expect(gateway.server.child.exitCode).toBe(0);
    upload.socket.destroy();
  });

  it('stops at once when it is told again', async () => {
    const gateway = await start();
    const upload = await halfSentUpload(gateway);
    const workers = await gateway.workerPids();
    gateway.server.child.kill('SIGINT');
    await sleep(600);
    expect(gateway.server.isRunning).toBe(true);
    gateway.server.child.kill('SIGINT');
    await gateway.server.exited;
    expect(gateway.server.child.exitCode).toBe(1);
    for (const pid of workers) await until(`${pid} ends`, () => isGone(pid));
    upload.socket.destroy();
  });
});

describe('what cannot be had', () => {
  async function refusal(args: readonly string[]): Promise<{ code: number | null; output: string }> {
    const free = ['--http-address', '127.0.0.1:0', '--admin-address', '127.0.0.1:0'];
    const server = startServer(process.execPath, [launcher, 'serve', ...free, ...args], { NODE_OPTIONS: '' });
    await server.exited;
    return { code: server.child.exitCode, output: server.output };
  }

  it.each(['--http-address', '--admin-address'])('%s in use: it says so and ends with 1', async (flag) => {
    const gateway = await start();
    const taken = `${gateway.endpoint.host}:${gateway.endpoint.port}`;
    const other = await refusal(['--data', `${gateway.dataDirectory}-other`, flag, taken]);
    expect(other).toMatchObject({ code: 1, output: expect.stringContaining(`${taken} is in use`) });
    expect(other.output).not.toMatch(/\n\s+at /);
  });

  it('a data directory in use: it says so and ends with 1', async () => {
    const gateway = await start();
    const other = await refusal(['--data', gateway.dataDirectory]);
    expect(other).toMatchObject({ code: 1, output: expect.stringContaining('in use by another gateway') });
    expect(await listBuckets(gateway)).toBe(200);
  });

  it('a data directory that is a file: it says so and ends with 1', async () => {
    const other = await refusal(['--data', join(import.meta.dirname, 'serve.test.ts')]);
    expect(other.code).toBe(1);
    expect(other.output).not.toMatch(/\n\s+at /);
  });
});

it('log lines that nobody reads hold up neither requests nor the stop', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'ozone-s3g-unread-'));
  const free = ['--http-address', '127.0.0.1:0', '--admin-address', '127.0.0.1:0'];
  const child = spawn(process.execPath, [launcher, 'serve', '--data', directory, ...free], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const url = /listening on (\S+)/.exec(line)?.[1];
  const requests = async () => {
    for (let count = 0; count < 150; count += 1) await (await fetch(url ?? '')).arrayBuffer();
  };
  await Promise.all(Array.from({ length: 8 }, requests));
  child.kill('SIGTERM');
  const startedAt = Date.now();
  expect(await exited).toEqual([0, null]);
  expect(Date.now() - startedAt).toBeLessThan(10_000);
  await rm(directory, { recursive: true });
});
