import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { SecretError } from '../auth/credentials-file.ts';
import { ConfigError } from '../config/config-error.ts';
import { addConfig } from './config.ts';
import { CommandFailure, type ExitCode } from './exit.ts';
import { addGetsecret } from './getsecret.ts';
import { addRevokesecret } from './revokesecret.ts';
import { addServe } from './serve.ts';
import { addSetsecret } from './setsecret.ts';

/** Runs the command that the arguments name. Says on stderr what went wrong. */
export async function runProgram(args: readonly string[]): Promise<ExitCode> {
  try {
    await buildProgram().parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    return failed(error);
  }
}

function buildProgram(): Command {
  const program = new Command('ozone-s3g');
  program.description('An S3 gateway for Apache Ozone, with a durable local store').version(version());
  // Before the commands are added, which take it over.
  program.exitOverride().showHelpAfterError('(--help says more)');
  for (const add of [addServe, addGetsecret, addSetsecret, addRevokesecret, addConfig]) add(program);
  return program;
}

function failed(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof ConfigError) {
    const [first = '', ...others] = error.problems;
    const text = others.length === 0 ? first : [`${error.problems.length} problems:`, ...error.problems].join('\n  ');
    process.stderr.write(`ozone-s3g: ${text}\n`);
    return 2;
  }
  if (error instanceof SecretError) process.stderr.write(`${error.code} ${error.message}\n`);
  else if (!(error instanceof CommandFailure)) process.stderr.write(`ozone-s3g: ${reason(error)}\n`);
  else if (error.message !== '') process.stderr.write(`ozone-s3g: ${error.message}\n`);
  return error instanceof CommandFailure ? error.exitCode : 1;
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function version(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
