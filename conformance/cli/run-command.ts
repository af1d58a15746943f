import { mkdirSync } from 'node:fs';
import type { Command } from 'commander';
import { compareWithBaseline, type Baseline } from '../engine/baseline.ts';
import { decideBaselineGate, decideGate, exitCodes, type GateDecision } from '../engine/gate.ts';
import type { ConformanceCase } from '../engine/define-case.ts';
import { levelProfiles } from '../engine/profiles.ts';
import { existsCase } from '../reports/baseline-results.ts';
import type { RunRecord } from '../reports/run-record.ts';
import { driftLines } from './baseline-command.ts';
import { UsageError, targetFrom } from './connection-options.ts';
import { executeRun } from './execute-run.ts';
import { baselineIn } from './read-files.ts';
import { withRunOptions, type RunCommandOptions } from './run-options.ts';
import { allCases, selectCases } from './select-cases.ts';
import { summaryLines } from './summary.ts';

const afterHelp = `
Writes into --out: results.json, matrix.md, report.html, junit.xml, badge.svg, badge.json, transcripts.ndjson.
Makes buckets named s3c-<run>-<n>, and removes them.
Without a baseline the gate is: every core case passes (with --profile extended or a client's name: that profile's cases).

Exit codes: 0 as expected; 1 a case of the gate failed or was blocked; 2 with --strict: the baseline is stale; 3 nothing
ran, or a case of the baseline has vanished; 4 cannot run (endpoint, keys, options, or the suite itself broke); 5 with
--require-complete: cases of the gate were skipped; 130 interrupted.`;

const aboutSilence =
  'Next: look into its log; for a slow one, give --timeout-factor or a lower --concurrency. The reports are of what ran.';

export function addRunCommand(program: Command): void {
  const command = program.command('run').description('run the cases against an endpoint and report what it supports');
  withRunOptions(command)
    .addHelpText('after', afterHelp)
    .action(async (options: RunCommandOptions) => {
      process.exitCode = await run(options);
    });
}

async function run(options: RunCommandOptions): Promise<number> {
  const cases = await selectCases(options);
  if (cases.length === 0) {
    process.stderr.write('No case matches: see s3-conformance list.\n');
    return exitCodes.catalogueProblem;
  }
  const target = targetFrom(options);
  try {
    if (options.out !== undefined) makeFolder(options.out);
    const baseline = options.baseline === undefined ? undefined : await baselineIn(options.baseline);
    const { record, document, written, hasGivenUp } = await executeRun(cases, target, options, baseline);
    const all = await allCases();
    const decision = baseline === undefined ? gateOf(record, options) : baselineGate(record, options, baseline, all);
    const files = { folder: options.out, written };
    process.stdout.write(`${summaryLines(document, decision, files).join('\n')}\n`);
    if (hasGivenUp) throw new UsageError(`${target.endpoint.origin} has stopped answering. ${aboutSilence}`);
    return record.isInterrupted ? exitCodes.interrupted : decision.exitCode;
  } finally {
    target.close();
  }
}

/** Before the run rather than after it. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(`--out cannot be made: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function levelsOf({ profile }: RunCommandOptions): readonly RunRecord['results'][number]['level'][] {
  // The full run is gated by its core; a narrower profile is gated as a whole.
  return profile === 'full' ? ['core'] : (levelProfiles[profile] ?? levelProfiles['full'] ?? []);
}

function gateOf({ results }: RunRecord, options: RunCommandOptions): GateDecision {
  return decideGate(results, { ...options, levels: levelsOf(options) });
}

function baselineGate(
  record: RunRecord,
  options: RunCommandOptions,
  baseline: Baseline,
  all: readonly ConformanceCase[],
): GateDecision {
  const { results, profile, filter, isInterrupted } = record;
  const isWhole = profile === 'full' && filter === undefined && !isInterrupted;
  const exists = (id: string): boolean => existsCase(id, all);
  const allowCritical = options.allowCritical ?? [];
  const drifts = compareWithBaseline(baseline, results, { isWhole, exists, allowCritical });
  process.stdout.write(`${driftLines(drifts, options.strict === true).join('\n')}\n`);
  return decideBaselineGate(results, drifts, { ...options, levels: levelsOf(options) });
}
