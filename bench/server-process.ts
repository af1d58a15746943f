import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

import { Connection } from './connection.ts';

const startTimeoutMs = 30_000;
const stopTimeoutMs = 10_000;
const keptOutput = 16_384;

/** A server that runs as a child process; the last of what it prints is kept. */
export class ServerProcess {
  readonly child: ChildProcess;
  #output = '';
  readonly #exited: Promise<void>;

  constructor(child: ChildProcess) {
    this.child = child;
    this.#exited = new Promise((resolve) => {
      child.on('exit', () => {
        resolve();
      });
      child.on('error', (error) => {
        this.#output += error.message;
        resolve();
      });
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output = (this.#output + text).slice(-keptOutput);
      });
    }
  }

  get output(): string {
    return this.#output;
  }

  get isRunning(): boolean {
    return this.child.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  get exited(): Promise<void> {
    return this.#exited;
  }

  /** Resolves with the first match in the output; rejects when the process ends or takes too long. */
  async printed(pattern: RegExp): Promise<RegExpExecArray> {
    return this.#until(`print ${String(pattern)}`, () => Promise.resolve(pattern.exec(this.#output) ?? undefined));
  }

  async answering(port: number): Promise<void> {
    await this.#until(`answer on port ${port}`, async () => {
      try {
        const connection = await Connection.open('127.0.0.1', port);
        const head = `GET / HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: close\r\n\r\n`;
        const { status } = await connection.send({ head });
        return status < 500 ? true : undefined;
      } catch {
        return undefined;
      }
    });
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (!this.isRunning) return;
    this.child.kill(signal);
    const stopped = await Promise.race([this.#exited.then(() => true), sleep(stopTimeoutMs, false, { ref: false })]);
    if (stopped) return;
    this.child.kill('SIGKILL');
    await this.#exited;
  }

  async #until<T>(what: string, attempt: () => Promise<T | undefined>): Promise<T> {
    const deadline = Date.now() + startTimeoutMs;
    while (Date.now() < deadline) {
      const result = await attempt();
      if (result !== undefined) return result;
      if (!this.isRunning) break;
      await sleep(10);
    }
    const fault = this.isRunning ? 'takes too long to' : 'ended before it could';
    await this.stop('SIGKILL');
    throw new Error(`${this.child.spawnfile} ${fault} ${what}\n${this.#output}`);
  }
}

export function startServer(command: string, args: readonly string[], env: Record<string, string>): ServerProcess {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  return new ServerProcess(child);
}
