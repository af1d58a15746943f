import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { compareWithBaseline, gapsOf, type Baseline, type Drift } from '../engine/baseline.ts';
import { exitCodeOfDrifts } from '../engine/gate.ts';
import { readBaseline, writeBaseline } from '../reports/baseline-json.ts';
import {
  baselineFrom,
  isWholeRun,
  observedIn,
  parseResults,
  type RecordedResults,
} from '../reports/recorded-results.ts';
import { UsageError } from './connection-options.ts';

interface BaselineOptions {
  readonly from: string;
  readonly reason?: string;
}

const afterHelp = `
A baseline says of each case what it comes to on one server: known gaps with the reason for them, and everything else.
Only update writes it; a gap that stays one keeps its reason.

Exit codes of check: 0 as recorded; 1 a failure that is not recorded, or is for another cause; 2 the baseline is stale: a
known gap passes, or a case is new; 3 a recorded case has vanished; 4 a file cannot be read.`;

export function addBaselineCommand(program: Command): void {
  const command = program
    .command('baseline')
    .description('keep, and hold results against, what a server is known to do');
  command.addHelpText('after', afterHelp);
  command
    .command('update')
    .description('write what results.json says into the baseline')
    .argument('<file>', 'the baseline; made when it is not there')
    .requiredOption('--from <results>', 'results.json of a run of all cases')
    .option('--reason <text>', 'the reason of the gaps that have none yet')
    .action(update);
  command
    .command('check')
    .description('tell where results.json differs from the baseline')
    .argument('<file>', 'the baseline')
    .requiredOption('--from <results>', 'results.json')
    .action(async (file: string, { from }: BaselineOptions) => {
      const results = await resultsIn(from);
      const drifts = compareWithBaseline(await baselineIn(file), observedIn(results), isWholeRun(results));
      process.stdout.write(`${driftLines(drifts).join('\n')}\n`);
      process.exitCode = exitCodeOfDrifts(drifts);
    });
}

async function update(file: string, { from, reason }: BaselineOptions): Promise<void> {
  const results = await resultsIn(from);
  if (!isWholeRun(results)) throw new UsageError(`${from} is not of a run of all cases: nothing is recorded`);
  const baseline = baselineFrom(results, await readBaseline(file), reason);
  await writeBaseline(file, baseline);
  const gaps = gapsOf(baseline);
  const unexplained = gaps.filter(([, expectation]) => expectation.reason === undefined);
  process.stdout.write(
    `${file}: ${String(results.cases.length)} cases, ${String(gaps.length)} gaps, ${String(unexplained.length)} of them without a reason\n`,
  );
}

async function resultsIn(path: string): Promise<RecordedResults> {
  try {
    return parseResults(await readFile(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @throws UsageError when it is not there, or is no baseline */
export async function baselineIn(path: string): Promise<Baseline> {
  try {
    const baseline = await readBaseline(path);
    if (baseline !== undefined) return baseline;
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw new UsageError(`${path} is not there: s3-conformance baseline update ${path} --from results.json makes it`);
}

/** One line for each case that came to something else, and a summary. */
export function driftLines(drifts: readonly Drift[]): string[] {
  const lines = drifts.map(({ id, kind, text }) => `${kind} ${id}: ${text}`);
  return [
    ...lines,
    drifts.length === 0 ? 'As the baseline says.' : `${String(drifts.length)} cases differ from the baseline.`,
  ];
}
