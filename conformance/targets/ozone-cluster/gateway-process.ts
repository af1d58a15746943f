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
  /** Where its health and metrics are, in its own words. */
  readonly admin: string;
  /** Resolves when it has ended, by itself or not, with how. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** @throws Error when it ends, or has not said that it listens within a minute */
export async function startGatewayProcess(options: GatewayProcessOptions): Promise<GatewayProcess> {
  const { accessKeyId, secretAccessKey } = options.credentials;
  const addresses = ['--http-address', options.address, '--admin-address', '127.0.0.1:0'];
  const places = ['--conf', options.conf, '--data', options.data, ...addresses];
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
    return { admin: await adminLine(child, ended), ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The line that it says once it listens everywhere. */
async function adminLine(child: ChildProcess, ended: Promise<string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`the gateway did not say that it listens within ${startTimeoutMs / 1000} s`));
    }, startTimeoutMs);
    void ended.then((how) => {
      clearTimeout(timer);
      reject(new Error(`${how}; its own words stand above`));
    });
    if (child.stdout === null) return;
    createInterface(child.stdout).on('line', (line) => {
      if (!line.startsWith('Admin on ')) return;
      clearTimeout(timer);
      resolve(line);
    });
  });
}
