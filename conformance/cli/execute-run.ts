import { driftOf, expectationOf, type Baseline } from '../engine/baseline.ts';
import { removePool } from '../engine/cleanup.ts';
import type { ConformanceCase } from '../engine/define-case.ts';
import type { CaseResult } from '../engine/outcome.ts';
import { Patience } from '../engine/patience.ts';
import { preflight } from '../engine/preflight.ts';
import { runSuite } from '../engine/run-suite.ts';
import { shuffled } from '../engine/shuffle.ts';
import type { Target } from '../engine/target.ts';
import type { CaseTranscript } from '../engine/transcript.ts';
import { resultsJson } from '../reports/results-json.ts';
import type { ResultsDocument } from '../reports/results-document.ts';
import type { RunRecord } from '../reports/run-record.ts';
import { readVersions } from '../reports/versions.ts';
import { writeReports } from '../reports/write-reports.ts';
import { UsageError } from './connection-options.ts';
import { Interruption } from './interruption.ts';
import { Progress } from './progress.ts';
import { implementationOf, type RunCommandOptions } from './run-options.ts';

/** What a run came to, and what it wrote. */
export interface FinishedRun {
  readonly record: RunRecord;
  readonly document: ResultsDocument;
  /** Names of the files in --out. */
  readonly written: readonly string[];
  /** The endpoint stopped answering, so that the run did too. */
  readonly hasGivenUp: boolean;
}

/** So many cases in a row without an answer end a run; at least two of each worker. */
const leastPatience = 20;

/** Whether a result is what the baseline says. */
function knownTo(baseline: Baseline | undefined): (result: CaseResult) => boolean {
  return (result) =>
    baseline !== undefined && driftOf(result.id, expectationOf(baseline, result.id, result), result) === undefined;
}

/**
 * Runs the cases and writes the reports, of what ran until then when it is interrupted.
 * @throws UsageError when the endpoint cannot be used
 */
export async function executeRun(
  cases: readonly ConformanceCase[],
  target: Target,
  options: RunCommandOptions,
  baseline: Baseline | undefined,
): Promise<FinishedRun> {
  const obstacle = options.checks ? await preflight(target) : undefined;
  if (obstacle !== undefined) throw new UsageError(`Cannot run: ${obstacle.problem}. Next: ${obstacle.nextStep}`);
  const startedAt = new Date();
  const interruption = new Interruption();
  const { runId } = target.options;
  const made = target.supply.mode === 'existing' ? 'in given buckets' : `in buckets named s3c-${runId}-<n>`;
  process.stderr.write(`Run ${runId}: ${String(cases.length)} cases, ${made}\n`);
  const progress = new Progress(process.stderr, cases.length, { isExpected: knownTo(baseline) });
  const patience = new Patience(Math.max(leastPatience, 2 * options.concurrency));
  let hasGivenUp = false;
  const transcripts: CaseTranscript[] = [];
  const inOrder = options.shuffle === undefined ? cases : shuffled(cases, options.shuffle);
  const results = await runSuite(inOrder, target, {
    concurrency: options.concurrency,
    retries: options.retries,
    signal: interruption.signal,
    onResult: (result) => {
      progress.report(result);
      hasGivenUp ||= patience.isLost(result);
      if (hasGivenUp) interruption.stop();
    },
    onTranscript: (transcript) => transcripts.push(transcript),
  });
  const leftBehind = await removePool(target);
  interruption.dispose();
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
    isInterrupted: interruption.signal.aborted,
    cases,
    results,
    leftBehind,
  };
  const document = resultsJson(record);
  const written = options.out === undefined ? [] : await writeReports(options.out, { document, transcripts, baseline });
  return { record, document, written, hasGivenUp };
}
