import type { Baseline } from '../engine/baseline.ts';
import type { ConformanceCase } from '../engine/define-case.ts';
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
import { Progress } from './progress.ts';
import { implementationOf, type RunCommandOptions } from './run-options.ts';

/** What a run came to, and what it wrote. */
export interface FinishedRun {
  readonly record: RunRecord;
  readonly document: ResultsDocument;
  /** Names of the files in --out. */
  readonly written: readonly string[];
}

/** First Ctrl-C: no further cases, those running clean up, the report is written. The second one ends at once. */
function interruption(): { readonly signal: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  const stop = (): void => {
    dispose();
    process.stderr.write('\nStopping: the cases that run are finished and cleaned up. Press again to stop at once.\n');
    controller.abort();
  };
  const dispose = (): void => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return { signal: controller.signal, dispose };
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
  const obstacle = await preflight(target);
  if (obstacle !== undefined) throw new UsageError(`Cannot run: ${obstacle.problem}. Next: ${obstacle.nextStep}`);
  const startedAt = new Date();
  const interrupted = interruption();
  const { runId } = target.options;
  process.stderr.write(`Run ${runId}: ${String(cases.length)} cases, in buckets named s3c-${runId}-<n>\n`);
  const progress = new Progress(process.stderr, cases.length);
  const { concurrency, shuffle } = options;
  const transcripts: CaseTranscript[] = [];
  const results = await runSuite(shuffle === undefined ? cases : shuffled(cases, shuffle), target, {
    concurrency,
    signal: interrupted.signal,
    onResult: progress.report.bind(progress),
    onTranscript: (transcript) => transcripts.push(transcript),
  });
  interrupted.dispose();
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
    isInterrupted: interrupted.signal.aborted,
    cases,
    results,
  };
  const document = resultsJson(record);
  const written = options.out === undefined ? [] : await writeReports(options.out, { document, transcripts, baseline });
  return { record, document, written };
}
