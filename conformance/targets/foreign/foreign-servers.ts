import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { builtVersion, pathOf, type GoProgram } from './go-program.ts';
import { keys, type ServerCommand } from './server-process.ts';

/** Somebody else's S3 server, which the suite is run against as an example and as a check of the suite itself. */
export interface ForeignServer {
  readonly name: string;
  readonly url: string;
  /** Builds it where that is needed. @throws Error when it can't be had here */
  version(): Promise<string>;
  command(port: number, folder: string): ServerCommand;
}

const versitygw: GoProgram = {
  name: 'versitygw',
  package: 'github.com/versity/versitygw/cmd/versitygw',
  version: 'v1.8.0',
};
const minio: GoProgram = {
  name: 'minio',
  package: 'github.com/minio/minio',
  version: 'v0.0.0-20260212201848-7aac2a2c5b7c',
};
const gofakes3: GoProgram = {
  name: 'gofakes3',
  package: 'github.com/johannesboyne/gofakes3/cmd/gofakes3',
  version: 'v1.2.0',
};

async function motoVersion(): Promise<string> {
  const script = 'import moto, moto.server; print(moto.__version__)';
  const { stdout } = await promisify(execFile)('python3', ['-c', script]);
  return stdout.trim();
}

export const foreignServers: readonly ForeignServer[] = [
  {
    name: 'versitygw',
    url: 'https://github.com/versity/versitygw',
    version: () => builtVersion(versitygw),
    // As it comes it closes every connection after one answer.
    command: (port, folder) => ({
      program: pathOf(versitygw),
      args: ['--quiet', '--keep-alive', '--port', `127.0.0.1:${port}`, 'posix', folder],
      env: { ROOT_ACCESS_KEY: keys.accessKeyId, ROOT_SECRET_KEY: keys.secretAccessKey },
    }),
  },
  {
    name: 'minio',
    url: 'https://github.com/minio/minio',
    version: () => builtVersion(minio),
    command: (port, folder) => ({
      program: pathOf(minio),
      args: ['server', '--quiet', '--address', `127.0.0.1:${port}`, folder],
      env: {
        MINIO_ROOT_USER: keys.accessKeyId,
        MINIO_ROOT_PASSWORD: keys.secretAccessKey,
        MINIO_BROWSER: 'off',
        MINIO_UPDATE: 'off',
      },
    }),
  },
  {
    name: 'moto',
    url: 'https://github.com/getmoto/moto',
    version: motoVersion,
    command: (port) => ({ program: 'python3', args: ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)] }),
  },
  {
    name: 'gofakes3',
    url: 'https://github.com/johannesboyne/gofakes3',
    version: () => builtVersion(gofakes3),
    command: (port) => ({
      program: pathOf(gofakes3),
      args: ['-quiet', '-backend', 'memory', '-host', `127.0.0.1:${port}`],
    }),
  },
];
