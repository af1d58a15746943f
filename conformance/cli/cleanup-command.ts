import { InvalidArgumentError, type Command } from 'commander';
import { exitCodes } from '../engine/gate.ts';
import { checkAnswer } from '../engine/preflight.ts';
import { findBuckets, removeWithContents } from '../engine/sweep.ts';
import type { Target } from '../engine/target.ts';
import { UsageError, targetFrom, withConnection, type ConnectionOptions } from './connection-options.ts';

interface CleanupOptions extends ConnectionOptions {
  readonly run?: string;
  /** Hours. */
  readonly olderThan?: number;
  readonly dryRun?: boolean;
}

const afterHelp = `
Only buckets named as the suite names its own, s3c-<run>-<n>, are looked at; no other is ever touched.

Exit codes: 0 all of them are gone; 4 some are left, or the endpoint cannot be used.`;

function runId(text: string): string {
  if (!/^[0-9a-f]{8}$/.test(text)) throw new InvalidArgumentError('the eight characters after s3c- are needed.');
  return text;
}

function hours(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0)) throw new InvalidArgumentError('a number of hours is needed.');
  return value;
}

export function addCleanupCommand(program: Command): void {
  const command = program.command('cleanup').description('remove the buckets that a run left behind');
  withConnection(command)
    .option('--run <id>', 'those of one run: the <id> of s3c-<id>-<n>, which run prints', runId)
    .option('--older-than <hours>', 'those of all runs, made longer ago', hours)
    .option('--dry-run', 'only name them')
    .addHelpText('after', afterHelp)
    .action(async (options: CleanupOptions) => {
      if ((options.run === undefined) === (options.olderThan === undefined)) {
        throw new UsageError('Which buckets? Give either --run ID, or --older-than HOURS.');
      }
      const target = targetFrom(options);
      try {
        process.exitCode = await cleanUp(target, options);
      } finally {
        target.close();
      }
    });
}

async function cleanUp(target: Target, { run, olderThan, dryRun }: CleanupOptions): Promise<number> {
  const obstacle = await checkAnswer(target);
  if (obstacle !== undefined) throw new UsageError(`${obstacle.problem}. Next: ${obstacle.nextStep}`);
  const selection = run === undefined ? { madeBefore: new Date(Date.now() - (olderThan ?? 0) * 3_600_000) } : { run };
  const buckets = await findBuckets(target, selection).catch((error: unknown) => {
    throw new UsageError(`The buckets cannot be listed: ${error instanceof Error ? error.message : String(error)}`);
  });
  let left = 0;
  for (const bucket of buckets) {
    const isGone = dryRun !== true && (await removeWithContents(target, bucket));
    if (!isGone) left += 1;
    process.stdout.write(`${dryRun === true ? 'would remove' : isGone ? 'removed' : 'COULD NOT REMOVE'} ${bucket}\n`);
  }
  process.stdout.write(`${String(buckets.length)} buckets of the suite\n`);
  return dryRun === true || left === 0 ? exitCodes.asExpected : exitCodes.cannotRun;
}
