import { Command } from 'commander';
import { exitCodes } from '../engine/gate.ts';
import { resultsSchema } from '../reports/schema/results-schema.ts';
import { readVersions } from '../reports/versions.ts';
import { addBaselineCommand } from './baseline-command.ts';
import { addCleanupCommand } from './cleanup-command.ts';
import { CatalogueMismatch, UsageError } from './connection-options.ts';
import { addDiffCommand } from './diff-command.ts';
import { addDoctorCommand } from './doctor-command.ts';
import { addExplainCommand } from './explain-command.ts';
import { addListCommand } from './list-command.ts';
import { addReportCommand } from './report-command.ts';
import { addRunCommand } from './run-command.ts';

const examples = `
Examples:
  s3-conformance run --endpoint http://127.0.0.1:9878 --access-key KEY --secret-key SECRET --out results
  s3-conformance run -e https://s3.example.com --profile core --filter 'PutObject.*'
  s3-conformance list --filter PutObject
  s3-conformance explain PutObject.if-none-match.existing-key`;

function createProgram(): Command {
  const program = new Command('s3-conformance')
    .description('Drives any S3 endpoint through the AWS SDK and derives from the results what it supports.')
    .version(readVersions().suite)
    .showHelpAfterError('(s3-conformance --help, or s3-conformance COMMAND --help)')
    .addHelpText('after', examples)
    .exitOverride();
  addRunCommand(program);
  addListCommand(program);
  addExplainCommand(program);
  addDoctorCommand(program);
  addCleanupCommand(program);
  addReportCommand(program);
  addDiffCommand(program);
  addBaselineCommand(program);
  program
    .command('schema')
    .description('print the JSON Schema of results.json')
    .action(() => {
      process.stdout.write(`${JSON.stringify(resultsSchema, null, 2)}\n`);
    });
  return program;
}

/** Runs the command line; sets process.exitCode, never throws. */
export async function main(argv: readonly string[]): Promise<void> {
  // `s3-conformance list | head` closes the pipe early: nobody reads on, so there is nothing more to say.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
  try {
    await createProgram().parseAsync([...argv], { from: 'user' });
  } catch (error) {
    process.exitCode = exitCodeOf(error);
  }
}

function exitCodeOf(error: unknown): number {
  const { code, exitCode } = error as { code?: string; exitCode?: number };
  // Commander has said it already.
  if (code?.startsWith('commander.') === true) return exitCode === 0 ? exitCodes.asExpected : exitCodes.cannotRun;
  const isMismatch = error instanceof CatalogueMismatch;
  const isPlain = isMismatch || error instanceof UsageError || error instanceof RangeError;
  const text = error instanceof Error ? (isPlain ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`${text}\n`);
  return isMismatch ? exitCodes.catalogueProblem : exitCodes.cannotRun;
}
