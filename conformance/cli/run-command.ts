import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { compareWithBaseline, type Baseline } from '../engine/baseline.ts';
import { decideGate, exitCodeOfDrifts, exitCodes, type GateDecision } from '../engine/gate.ts';
import { preflight } from '../engine/preflight.ts';
import { levelProfiles } from '../engine/profiles.ts';
import { runSuite } from '../engine/run-suite.ts';
import { shuffled } from '../engine/shuffle.ts';
import { matrixMarkdown } from '../reports/matrix-markdown.ts';
import { resultsJson } from '../reports/results-json.ts';
import type { Implementation, RunRecord } from '../reports/run-record.ts';
import { readVersions } from '../reports/versions.ts';
import { baselineIn, driftLines } from './baseline-command.ts';
import {
  UsageError,
  positiveInteger,
  targetFrom,
  withConnection,
  type ConnectionOptions,
} from './connection-options.ts';
import { Progress } from './progress.ts';
import { selectCases, type Selection } from './select-cases.ts';
import { summaryLines } from './summary.ts';

interface RunCommandOptions extends ConnectionOptions, Selection {
  readonly out?: string;
  readonly concurrency: number;
  readonly shuffle?: number;
  readonly reportOnly?: boolean;
  readonly requireComplete?: boolean;
  readonly baseline?: string;
  readonly organization?: string;
  readonly project?: string;
  readonly projectUrl?: string;
  readonly projectVersion?: string;
  readonly contact?: string;
}

const afterHelp = `
Writes matrix.md and results.json into --out. Makes buckets named s3c-<run>-<n>, and removes them.
Without a baseline the gate is: every core case passes (with --profile extended or a client's name: that profile's cases).

Exit codes: 0 as expected; 1 a case of the gate failed or was blocked; 2 the baseline is stale; 3 nothing to run, or a case of
the baseline has vanished; 4 cannot run (endpoint, keys, options, or the suite itself broke); 5 with --require-complete:
cases of the gate were skipped.`;

export function addRunCommand(program: Command): void {
  const command = program.command('run').description('run the cases against an endpoint and report what it supports');
  withConnection(command)
    .option('--profile <name>', 'core, extended, full, smoke, or a client (see list --profiles)', 'full')
    .option('--filter <terms>', 'ids, operations, features, levels; * and ? allowed; separated by commas')
    .option('-o, --out <dir>', 'folder for matrix.md and results.json')
    .option('-c, --concurrency <n>', 'cases at a time', positiveInteger, 16)
    .option('--shuffle <seed>', 'run the cases in another order, one for each number', positiveInteger)
    .option('--report-only', 'exit with 0 whatever the results are')
    .option('--baseline <file>', 'the gate is: every case comes to what this file says (see s3-conformance baseline)')
    .option('--require-complete', 'skipped cases of the gate count too (exit code 5)')
    .option('--organization <name>', 'who made the server, for the report')
    .option('--project <name>', 'what the server is, for the report')
    .option('--project-version <text>', 'its version, for the report')
    .option('--project-url <url>', 'its address, for the report')
    .option('--contact <text>', 'whom to ask about it, for the report')
    .addHelpText('after', afterHelp)
    .action(async (options: RunCommandOptions) => {
      process.exitCode = await run(options);
    });
}

function implementationOf(options: RunCommandOptions): Implementation {
  const said = {
    organization: options.organization,
    project: options.project,
    url: options.projectUrl,
    version: options.projectVersion,
    contact: options.contact,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

/** First Ctrl-C: no further cases, those running clean up, the report is written. The second one ends at once. */
function interruption(): AbortController {
  const controller = new AbortController();
  const stop = (): void => {
    process.stderr.write('\nStopping: the cases that run are finished and cleaned up. Press again to stop at once.\n');
    controller.abort();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  return controller;
}

async function run(options: RunCommandOptions): Promise<number> {
  const cases = await selectCases(options);
  if (cases.length === 0) {
    process.stderr.write('No case matches: see s3-conformance list.\n');
    return exitCodes.catalogueProblem;
  }
  const target = targetFrom(options);
  const baseline = options.baseline === undefined ? undefined : await baselineIn(options.baseline);
  try {
    const obstacle = await preflight(target);
    if (obstacle !== undefined) throw new UsageError(`Cannot run: ${obstacle.problem}. Next: ${obstacle.nextStep}`);
    const startedAt = new Date();
    const stopping = interruption();
    const progress = new Progress(process.stderr, cases.length);
    const { concurrency, shuffle } = options;
    const inOrder = shuffle === undefined ? cases : shuffled(cases, shuffle);
    const onResult = progress.report.bind(progress);
    const results = await runSuite(inOrder, target, { concurrency, signal: stopping.signal, onResult });
    progress.finish();
    const record: RunRecord = {
      versions: readVersions(),
      implementation: implementationOf(options),
      endpoint: target.endpoint,
      region: options.region,
      profile: options.profile,
      filter: options.filter,
      startedAt,
      durationMs: Date.now() - startedAt.getTime(),
      isInterrupted: stopping.signal.aborted,
      cases,
      results,
    };
    return await report(record, options, baseline);
  } finally {
    target.close();
  }
}

async function report(record: RunRecord, options: RunCommandOptions, baseline?: Baseline): Promise<number> {
  if (options.out !== undefined) {
    await mkdir(options.out, { recursive: true });
    await writeFile(join(options.out, 'results.json'), `${JSON.stringify(resultsJson(record), null, 1)}\n`);
    await writeFile(join(options.out, 'matrix.md'), matrixMarkdown(record));
  }
  const decision = baseline === undefined ? gateOf(record, options) : baselineGate(record, options, baseline);
  process.stdout.write(`${summaryLines(record, decision, options.out).join('\n')}\n`);
  return record.isInterrupted ? 130 : decision.exitCode;
}

function gateOf({ results }: RunRecord, options: RunCommandOptions): GateDecision {
  // The full run is gated by its core; a narrower profile is gated as a whole.
  const levels =
    options.profile === 'full' ? ['core' as const] : (levelProfiles[options.profile] ?? levelProfiles['full']);
  return decideGate(results, {
    levels: levels ?? ['core'],
    reportOnly: options.reportOnly === true,
    requireComplete: options.requireComplete === true,
  });
}

function baselineGate(record: RunRecord, options: RunCommandOptions, baseline: Baseline): GateDecision {
  const { results, profile, filter, isInterrupted } = record;
  const isWhole = profile === 'full' && filter === undefined && !isInterrupted;
  const drifts = compareWithBaseline(baseline, results, isWhole);
  process.stdout.write(`${driftLines(drifts).join('\n')}\n`);
  const ids = new Set(drifts.map(({ id }) => id));
  const exitCode = options.reportOnly === true ? exitCodes.asExpected : exitCodeOfDrifts(drifts);
  return { exitCode, failed: results.filter(({ id }) => ids.has(id)), incomplete: [] };
}
