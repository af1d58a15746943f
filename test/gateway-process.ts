import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startServer } from '../bench/server-process.ts';
import type { ServerProcess } from '../bench/server-process.ts';
import type { Endpoint } from '../bench/sign.ts';

const repository = join(import.meta.dirname, '..');
const launcher = join(repository, 'bin', 'ozone-s3g.js');

export interface GatewayOptions {
  /** Default: a new temporary one, removed on `stop`. */
  readonly dataDirectory?: string;
  readonly workers?: number;
  readonly args?: readonly string[];
  /** For node itself, in every process. */
  readonly nodeArgs?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What to run it by, e.g. a tracer: a command that goes before. */
  readonly wrapper?: (dataDirectory: string) => readonly string[];
}

async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const children = text.split(' ').filter(Boolean).map(Number);
  return [...children, ...(await Promise.all(children.map(childrenOf))).flat()];
}

/** The built gateway, run as a child process on free loopback ports. */
export class GatewayProcess {
  readonly server: ServerProcess;
  readonly endpoint: Endpoint;
  readonly dataDirectory: string;
  readonly #isTemporary: boolean;

  constructor(server: ServerProcess, endpoint: Endpoint, dataDirectory: string, isTemporary: boolean) {
    this.server = server;
    this.endpoint = endpoint;
    this.dataDirectory = dataDirectory;
    this.#isTemporary = isTemporary;
  }

  get url(): string {
    return `http://${this.endpoint.host}:${this.endpoint.port}`;
  }

  /** The primary's children, and theirs. */
  async workerPids(): Promise<number[]> {
    return childrenOf(this.server.child.pid ?? -1);
  }

  /** Kills the primary and its workers with SIGKILL and leaves the data as they are. */
  async kill(): Promise<void> {
    const workers = await this.workerPids();
    for (const pid of [this.server.child.pid ?? -1, ...workers]) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended by itself in the meantime.
      }
    }
    await this.server.exited;
    await Promise.all(workers.map(waitForEnd));
  }

  async stop(): Promise<void> {
    await this.server.stop();
    if (this.#isTemporary) await rm(this.dataDirectory, { recursive: true, force: true });
  }
}

async function waitForEnd(pid: number): Promise<void> {
  while (await isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat !== '' && !/\) Z /.test(stat);
}

const accessKey = 'testaccess';
const secretKey = 'testsecretkey';

/** Starts the gateway that `npm run build` has made; resolves when it listens. */
export async function startGatewayProcess(options: GatewayOptions = {}): Promise<GatewayProcess> {
  await access(join(repository, 'dist', 'main.js')).catch(() => {
    throw new Error('there is no built gateway: npm run build');
  });
  const dataDirectory = options.dataDirectory ?? (await mkdtemp(join(tmpdir(), 'ozone-s3g-')));
  const loopback = '127.0.0.1:0';
  const [command = process.execPath, ...args] = [
    ...(options.wrapper?.(dataDirectory) ?? []),
    process.execPath,
    ...(options.nodeArgs ?? []),
    launcher,
    'serve',
    ...['--data', dataDirectory, '--http-address', loopback, '--admin-address', loopback],
    ...['--workers', String(options.workers ?? 1), '--log-level', 'warn', ...(options.args ?? [])],
  ];
  const server = startServer(command, args, {
    OZONE_S3G_ACCESS_KEY: accessKey,
    OZONE_S3G_SECRET_KEY: secretKey,
    NODE_OPTIONS: '',
    ...options.env,
  });
  const printed = await server.printed(/S3 listening on http:\/\/([^\s:]+):(\d+)/);
  const endpoint = { name: 'ozone-s3g', host: printed[1] ?? '', port: Number(printed[2]), accessKey, secretKey };
  return new GatewayProcess(server, endpoint, dataDirectory, options.dataDirectory === undefined);
}
