import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const launcher = join(import.meta.dirname, '../../../bin/ozone-s3g.js');
const startTimeoutMs = 60_000;

export interface GatewayProcessOptions {
  /** The folder of its ozone-site.xml. */
  readonly conf: string;
  readonly data: string;
  readonly address: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Our gateway as a child process; its log goes to this process's standard error. */
export interface GatewayProcess {
  /** Resolves when it has ended, by itself or not, with how. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** @throws Error when it ends, or has not said that it listens within a minute */
export async function startGatewayProcess(options: GatewayProcessOptions): Promise<GatewayProcess> {
  const { accessKeyId, secretAccessKey } = options.credentials;
  const places = ['--conf', options.conf, '--data', options.data, '--http-address', options.address];
  const child = spawn(process.execPath, [launcher, 'serve', '--store', 'ozone', ...places], {
    env: { ...process.env, OZONE_S3G_ACCESS_KEY: accessKeyId, OZONE_S3G_SECRET_KEY: secretAccessKey },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      resolve(`the gateway ended with ${signal ?? code}`);
    });
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(timer);
  };
  try {
    await listening(child, ended);
    return { ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function listening(child: ChildProcess, ended: Promise<string>): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`the gateway did not say that it listens within ${startTimeoutMs / 1000} s`));
    }, startTimeoutMs);
    const settle = (): void => {
      clearTimeout(timer);
      resolve();
    };
    void ended.then((how) => {
      clearTimeout(timer);
      reject(new Error(`${how}; its own words stand above`));
    });
    if (child.stdout === null) return;
    createInterface(child.stdout).on('line', (line) => {
      if (line.startsWith('S3 listening on ')) settle();
    });
  });
}
