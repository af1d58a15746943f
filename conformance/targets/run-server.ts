import { randomBytes } from 'node:crypto';
import { runSuite, type RunOptions } from '../engine/run-suite.ts';
import { Target } from '../engine/target.ts';
import type { ConformanceCase } from '../engine/define-case.ts';
import type { CaseResult } from '../engine/outcome.ts';
import { parseResults, type RecordedResults } from '../reports/recorded-results.ts';
import type { ResultsDocument } from '../reports/results-document.ts';
import { resultsJson } from '../reports/results-json.ts';
import { readVersions } from '../reports/versions.ts';
import type { Implementation } from '../reports/run-record.ts';
import type { RunningGateway } from './gateway.ts';

/** A server that can be started, or reached. */
export interface RunnableServer {
  readonly name: string;
  readonly implementation: Implementation;
  start(): Promise<RunningGateway>;
}

export interface ServerRun {
  readonly results: readonly CaseResult[];
  readonly document: ResultsDocument;
  /** The same as a results.json is read. */
  readonly recorded: RecordedResults;
}

/** Runs all cases against a server, which is started for it. */
export async function runServer(
  server: RunnableServer,
  cases: readonly ConformanceCase[],
  onResult: NonNullable<RunOptions['onResult']>,
): Promise<ServerRun> {
  const gateway = await server.start();
  const target = new Target({ ...gateway.targetOptions, runId: randomBytes(4).toString('hex') });
  const startedAt = new Date();
  try {
    const results = await runSuite(cases, target, { concurrency: 16, onResult });
    const document = resultsJson({
      versions: readVersions(),
      implementation: server.implementation,
      endpoint: target.endpoint,
      region: target.options.region,
      profile: 'full',
      filter: undefined,
      startedAt,
      durationMs: Date.now() - startedAt.getTime(),
      isInterrupted: false,
      cases,
      results,
    });
    return { results, document, recorded: parseResults(JSON.stringify(document)) };
  } finally {
    target.close();
    await gateway.stop();
  }
}
