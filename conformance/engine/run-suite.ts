import { followUpProbes } from '../probes/plan.ts';
import { CapabilityProbe } from './capability-probe.ts';
import type { ConformanceCase } from './define-case.ts';
import type { CaseResult } from './outcome.ts';
import { rerunFailures } from './rerun.ts';
import { runCase, skippedResult } from './run-case.ts';
import { redactor } from './redaction.ts';
import type { Target } from './target.ts';
import { transcribe, type CaseTranscript, type TranscriptEntry } from './transcript.ts';

export interface RunOptions {
  readonly concurrency: number;
  /** How often a case that failed is run again alone, see rerun.ts. Default 0. */
  readonly retries?: number;
  /** Stops taking further cases; those that run finish and clean up. */
  readonly signal?: AbortSignal;
  readonly onResult?: (result: CaseResult) => void;
  /** What went over the wire in a case that failed, was blocked or broke; told before its result. */
  readonly onTranscript?: (transcript: CaseTranscript) => void;
}

/** In one transcript. */
const mostExchanges = 80;

/**
 * Runs the cases, `serial` ones alone at the end, then the probes that the results call for, then what failed once more.
 * @returns results in order of id
 */
export async function runSuite(
  cases: readonly ConformanceCase[],
  target: Target,
  options: RunOptions,
): Promise<CaseResult[]> {
  const capabilities = new CapabilityProbe(target);
  const redact = redactor(target.secrets);
  const runOne = async (definition: ConformanceCase, isTold = true): Promise<CaseResult> => {
    const exchanges: TranscriptEntry[] = [];
    const result = await runCase(definition, target, (exchange, role) => {
      if (options.onTranscript === undefined || !isTold) return;
      exchanges.push(transcribe(exchange, role, redact));
      // Of a case that sends very many, the beginning and the end are told.
      if (exchanges.length > mostExchanges) exchanges.splice(mostExchanges / 2, 1);
    });
    if (result.outcome !== 'pass' && isTold) options.onTranscript?.({ id: definition.id, exchanges });
    return { ...result, detail: result.detail === undefined ? undefined : redact(result.detail) };
  };
  const runOrSkip = async (definition: ConformanceCase): Promise<CaseResult> => {
    const missing = await capabilities.missing(definition.requires);
    const result = missing === undefined ? await runOne(definition) : skippedResult(definition, missing);
    options.onResult?.(result);
    return result;
  };
  const isSerial = ({ isolation }: ConformanceCase): boolean => isolation === 'serial';
  const parallel = cases.filter((definition) => !isSerial(definition));
  const concurrency = Math.min(options.concurrency, target.supply.mostCases);
  const pace = { ...options, concurrency };
  const results = await inPool(parallel, runOrSkip, pace);
  results.push(...(await inPool(cases.filter(isSerial), runOrSkip, { ...options, concurrency: 1 })));
  const probes = followUpProbes(results);
  results.push(...(await inPool(probes, runOrSkip, pace)));
  const byId = new Map([...cases, ...probes].map((definition) => [definition.id, definition]));
  const runAgain = (id: string): Promise<CaseResult> => runOne(byId.get(id) as ConformanceCase, false);
  const settled = await rerunFailures(results, runAgain, { retries: options.retries ?? 0, signal: options.signal });
  return settled.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

async function inPool<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  options: RunOptions,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) {
      if (options.signal?.aborted === true) return;
      results.push(await work(item));
    }
  };
  await Promise.all(Array.from({ length: options.concurrency }, worker));
  return results;
}
