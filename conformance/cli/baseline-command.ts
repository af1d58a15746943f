import type { Command } from 'commander';
import { compareWithBaseline, gapsOf, type Drift } from '../engine/baseline.ts';
import { exitCodeOfDrifts } from '../engine/gate.ts';
import { matchesAny } from '../engine/glob.ts';
import { readBaseline, writeBaseline } from '../reports/baseline-json.ts';
import { baselineFrom, isWholeRun, observedIn } from '../reports/recorded-results.ts';
import { UsageError } from './connection-options.ts';
import { baselineIn, documentIn } from './read-files.ts';
import { collected, withBaselineGate, type GateFlags } from './run-options.ts';

interface BaselineOptions extends GateFlags {
  readonly from: string;
  readonly reason?: string;
}

const afterHelp = `
A baseline says of each case what it comes to on one server: known gaps with the reason for them, and everything else.
Only update writes it; a gap that stays one keeps its reason. People may add "issue", and "expires": "YYYY-MM-DD" to a gap,
and a key with * for cases that are refused by name ("outcome": "fail", "cause": "not-implemented").
A critical failure is a known gap only with --allow-critical ID.

Exit codes of check: 0 as recorded; 1 a failure that is not recorded, or is for another cause; 2 with --strict: a known gap
passes, or a case is new; 3 a recorded case has vanished, or a file is of another version; 4 a file cannot be read.`;

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
    .option('--allow-critical <id>', 'record this critical failure too; * allowed; may be repeated', collected)
    .action(update);
  const check = command
    .command('check')
    .description('tell where results.json differs from the baseline')
    .argument('<file>', 'the baseline')
    .requiredOption('--from <results>', 'results.json');
  withBaselineGate(check).action(async (file: string, options: BaselineOptions) => {
    const results = await documentIn(options.from);
    const drifts = compareWithBaseline(await baselineIn(file), observedIn(results), {
      isWhole: isWholeRun(results),
      allowCritical: options.allowCritical ?? [],
    });
    process.stdout.write(`${driftLines(drifts, options.strict === true).join('\n')}\n`);
    process.exitCode = exitCodeOfDrifts(drifts, options.strict);
  });
}

async function update(file: string, { from, reason, allowCritical = [] }: BaselineOptions): Promise<void> {
  const results = await documentIn(from);
  if (!isWholeRun(results)) throw new UsageError(`${from} is not of a run of all cases: nothing is recorded`);
  const forbidden = results.cases.filter(
    ({ id, severity, outcome }) => severity === 'critical' && outcome === 'fail' && !matchesAny(id, allowCritical),
  );
  const cases = results.cases.filter((one) => !forbidden.includes(one));
  const baseline = baselineFrom({ ...results, cases }, await readBaseline(file), reason);
  await writeBaseline(file, baseline);
  const gaps = gapsOf(baseline);
  const unexplained = gaps.filter(([, expectation]) => expectation.reason === undefined);
  process.stdout.write(
    `${file}: ${String(cases.length)} cases, ${String(gaps.length)} gaps, ${String(unexplained.length)} of them without a reason\n`,
  );
  for (const { id } of forbidden) process.stdout.write(`not recorded, critical (--allow-critical ${id}): ${id}\n`);
}

/** One line for each case that came to something else, and a summary; what is merely stale is a warning unless strict. */
export function driftLines(drifts: readonly Drift[], isStrict: boolean): string[] {
  const isWarning = ({ kind }: Drift): boolean => !isStrict && (kind === 'stale' || kind === 'unrecorded');
  const lines = drifts.map((drift) => `${isWarning(drift) ? 'warning, ' : ''}${drift.kind} ${drift.id}: ${drift.text}`);
  return [
    ...lines,
    drifts.length === 0 ? 'As the baseline says.' : `${String(drifts.length)} cases differ from the baseline.`,
  ];
}
