import { InvalidArgumentError, type Command } from 'commander';
import type { Implementation } from '../reports/run-record.ts';
import { positiveInteger, wholeNumber, withConnection, type ConnectionOptions } from './connection-options.ts';
import type { Selection } from './select-cases.ts';

/** What decides about the exit code. */
export interface GateFlags {
  readonly reportOnly?: boolean;
  readonly requireComplete?: boolean;
  readonly baseline?: string;
  readonly strict?: boolean;
  readonly allowCritical?: readonly string[];
  /** Percent. */
  readonly failUnder?: number;
}

export interface RunCommandOptions extends ConnectionOptions, Selection, GateFlags {
  readonly out?: string;
  readonly concurrency: number;
  readonly shuffle?: number;
  readonly retries: number;
  /** Look first whether the run can start. */
  readonly checks: boolean;
  readonly organization?: string;
  readonly project?: string;
  readonly projectUrl?: string;
  readonly projectVersion?: string;
  readonly contact?: string;
}

function percentage(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 100)) {
    throw new InvalidArgumentError('a number from 0 to 100 is needed.');
  }
  return value;
}

/** For an option that may be given several times. */
export function collected(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

/** Options of the gate that `run` and `baseline check` share. */
export function withBaselineGate(command: Command): Command {
  return command
    .option('--strict', 'a stale baseline, one that is too pessimistic, closes the gate too (exit code 2)')
    .option(
      '--allow-critical <id>',
      'take this critical failure for a known gap; * allowed; may be repeated',
      collected,
    );
}

/** Adds the options of `run`. */
export function withRunOptions(command: Command): Command {
  withConnection(command)
    .option('--profile <name>', 'core, extended, full, smoke, or a client (see list --profiles)', 'full')
    .option('--filter <terms>', 'ids, operations, features, levels; * and ? allowed; separated by commas')
    .option('-o, --out <dir>', 'folder for the reports')
    .option('-c, --concurrency <n>', 'cases at a time', positiveInteger, 16)
    .option(
      '--retries <n>',
      'run a case that failed so often again, alone: if it then passes, it is flaky',
      wholeNumber,
      2,
    )
    .option('--shuffle <seed>', 'run the cases in another order, one for each number', positiveInteger)
    .option('--no-checks', 'start without looking whether the endpoint can be used, as doctor does')
    .option('--report-only', 'exit with 0 whatever the results are')
    .option('--baseline <file>', 'the gate is: every case comes to what this file says (see s3-conformance baseline)')
    .option('--fail-under <percent>', 'the gate is: so many of the executed cases pass', percentage)
    .option('--require-complete', 'skipped cases of the gate count too (exit code 5)')
    .option('--organization <name>', 'who made the server, for the report')
    .option('--project <name>', 'what the server is, for the report')
    .option('--project-version <text>', 'its version, for the report')
    .option('--project-url <url>', 'its address, for the report')
    .option('--contact <text>', 'whom to ask about it, for the report');
  return withBaselineGate(command);
}

export function implementationOf(options: RunCommandOptions): Implementation {
  const said = {
    organization: options.organization,
    project: options.project,
    url: options.projectUrl,
    version: options.projectVersion,
    contact: options.contact,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}
