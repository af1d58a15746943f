import { spawn } from 'node:child_process';
import { access, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import type { Endpoint } from './sign.ts';
import { tunedSuffix } from './report.ts';
import { startServer } from './server-process.ts';
import type { ServerProcess } from './server-process.ts';

/** Another S3 server to measure against, built from the Go module proxy. */
export interface Peer {
  readonly name: string;
  readonly binary: string;
  readonly module: string;
  command(port: number, directory: string): { readonly args: readonly string[]; readonly env: Record<string, string> };
}

export interface StartedEndpoint {
  readonly endpoint: Endpoint;
  readonly process: ServerProcess;
}

const accessKey = 'benchaccess';
const secretKey = 'benchsecretkey';

/** As it comes it closes every connection after one answer. */
function versitygw(options: readonly string[]): Omit<Peer, 'name'> {
  return {
    binary: 'versitygw',
    module: 'github.com/versity/versitygw/cmd/versitygw@v1.8.0',
    command: (port, directory) => ({
      args: ['--quiet', ...options, '--port', `127.0.0.1:${port}`, 'posix', directory],
      env: { ROOT_ACCESS_KEY: accessKey, ROOT_SECRET_KEY: secretKey },
    }),
  };
}

const peers: readonly Peer[] = [
  { name: 'versitygw', ...versitygw([]) },
  { name: `versitygw${tunedSuffix}`, ...versitygw(['--keep-alive']) },
  {
    name: 'minio',
    binary: 'minio',
    module: 'github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c',
    command: (port, directory) => ({
      args: ['server', '--quiet', '--address', `127.0.0.1:${port}`, directory],
      env: { MINIO_ROOT_USER: accessKey, MINIO_ROOT_PASSWORD: secretKey, MINIO_BROWSER: 'off', MINIO_UPDATE: 'off' },
    }),
  },
];

function cacheDirectory(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'ozone-s3g-bench', 'bin');
}

async function isBuilt(peer: Peer): Promise<boolean> {
  return access(join(cacheDirectory(), peer.binary)).then(
    () => true,
    () => false,
  );
}

export async function builtPeers(): Promise<readonly Peer[]> {
  const built = await Promise.all(peers.map(isBuilt));
  return peers.filter((_, index) => built[index]);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** Starts a peer on a free loopback port; resolves when it answers. */
export async function startPeer(peer: Peer, directory: string): Promise<StartedEndpoint> {
  await mkdir(directory, { recursive: true });
  const port = await freePort();
  const { args, env } = peer.command(port, directory);
  const server = startServer(join(cacheDirectory(), peer.binary), args, env);
  await server.answering(port);
  return { endpoint: { name: peer.name, host: '127.0.0.1', port, accessKey, secretKey }, process: server };
}

async function build(peer: Peer): Promise<void> {
  process.stderr.write(`building ${peer.module}, some minutes\n`);
  const env = { ...process.env, GOBIN: cacheDirectory(), GOMAXPROCS: process.env['GOMAXPROCS'] ?? '1' };
  const child = spawn('go', ['install', '-p', '1', peer.module], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  if (code !== 0) throw new Error(`go install ${peer.module} ended with ${String(code)}`);
}

if (import.meta.filename === process.argv[1]) {
  const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
  if (values.help === true) {
    process.stdout.write(`Builds the peers (${peers.map(({ name }) => name).join(', ')}) into ${cacheDirectory()}\n`);
  } else {
    await mkdir(cacheDirectory(), { recursive: true });
    for (const peer of peers) if (!(await isBuilt(peer))) await build(peer);
  }
}
