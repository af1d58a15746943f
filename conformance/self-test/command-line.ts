import { afterEach, beforeEach, jest } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { main } from '../cli/main.ts';
import { startServer } from './null-servers.ts';

export interface Said {
  readonly code: typeof process.exitCode;
  /** What went to stdout and stderr, in order. */
  readonly text: string;
  /** What went to stdout. */
  readonly out: string;
}

/** For a test file that runs the command line in this process. */
export function useCommandLine(): (...argv: string[]) => Promise<Said> {
  // The first command of a file loads all cases, on a machine that may be busy.
  jest.setTimeout(60_000);
  let written: string[] = [];
  let out: string[] = [];
  let exitCode: typeof process.exitCode;
  beforeEach(() => {
    written = [];
    exitCode = process.exitCode;
    process.exitCode = 0;
    const keep = (text: string | Uint8Array): boolean => written.push(String(text)) > 0;
    jest
      .spyOn(process.stdout, 'write')
      .mockImplementation((text: string | Uint8Array) => keep(text) && out.push(String(text)) > 0);
    jest.spyOn(process.stderr, 'write').mockImplementation(keep);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    process.exitCode = exitCode;
  });
  return async (...argv) => {
    written = [];
    out = [];
    process.exitCode = 0;
    await main(argv);
    return { code: process.exitCode, text: written.join(''), out: out.join('') };
  };
}

/** Options of every command that talks to a server. */
export const connection = (endpoint: URL): string[] => [
  '--endpoint',
  endpoint.href,
  '--access-key',
  'first-access-key',
  '--secret-key',
  'first-secret-key',
];

/** Runs a command against a server that lives as long as it. */
export async function against<Result>(
  listener: RequestListener,
  use: (options: string[]) => Promise<Result>,
): Promise<Result> {
  const server = await startServer(listener);
  try {
    return await use(connection(server.endpoint));
  } finally {
    await server.close();
  }
}
