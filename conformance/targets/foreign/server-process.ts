import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningGateway } from '../gateway.ts';

const startTimeoutMs = 60_000;

/** How a server is started on a port of this machine, with a folder of its own. */
export interface ServerCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export const keys = { accessKeyId: 'conformance-first', secretAccessKey: 'conformance-secret-key' } as const;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** @throws Error when it ends, or does not answer within a minute */
export async function startForeign(
  commandFor: (port: number, folder: string) => ServerCommand,
): Promise<RunningGateway> {
  const folder = await mkdtemp(join(tmpdir(), 's3-conformance-foreign-'));
  const port = await freePort();
  const { program, args, env = {} } = commandFor(port, folder);
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: 'ignore' });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`it ended with ${String(signal ?? code)}`));
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(timer);
    await rm(folder, { recursive: true, force: true });
  };
  const endpoint = new URL(`http://127.0.0.1:${port}`);
  const failure = await Promise.race([ended, answering(endpoint)]);
  if (failure === undefined) {
    return { targetOptions: { endpoint, region: 'us-east-1', credentials: keys, allowsAnonymous: true }, stop };
  }
  await stop();
  throw new Error(`${program} does not start: ${failure}`);
}

/** Undefined once it answers anything at all. */
async function answering(endpoint: URL): Promise<string | undefined> {
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline) {
    const isThere = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (isThere) return undefined;
    await sleep(200);
  }
  return `no answer within ${startTimeoutMs / 1000} s`;
}
