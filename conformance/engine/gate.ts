import type { Drift } from './baseline.ts';
import type { CaseResult, Level } from './outcome.ts';

/** What the process's exit code means. */
export const exitCodes = {
  asExpected: 0,
  regression: 1,
  staleBaseline: 2,
  catalogueProblem: 3,
  cannotRun: 4,
  profilePartial: 5,
} as const;

export interface GateOptions {
  /** The levels that must pass. Default core. */
  readonly levels?: readonly Level[];
  readonly reportOnly?: boolean;
  /** Blocked and skipped cases make it fail too. */
  readonly requireComplete?: boolean;
}

/** What must be put right before the gate opens, and with which code the process ends. */
export interface GateDecision {
  readonly exitCode: number;
  readonly failed: readonly CaseResult[];
  readonly incomplete: readonly CaseResult[];
}

/** Without a baseline: every case of the levels asked for passes, and none of them is blocked. */
export function decideGate(results: readonly CaseResult[], options: GateOptions = {}): GateDecision {
  const levels = options.levels ?? ['core'];
  const counted = results.filter(({ level }) => levels.includes(level));
  const failed = counted.filter(({ outcome }) => outcome === 'fail' || outcome === 'error');
  const incomplete = counted.filter(({ outcome }) => outcome === 'blocked' || outcome === 'skipped');
  return { exitCode: exitCodeOf(results, { failed, incomplete }, options), failed, incomplete };
}

function exitCodeOf(
  results: readonly CaseResult[],
  found: Pick<GateDecision, 'failed' | 'incomplete'>,
  options: GateOptions,
): number {
  if (results.length === 0) return exitCodes.catalogueProblem;
  if (options.reportOnly === true) return exitCodes.asExpected;
  if (found.failed.some(({ outcome }) => outcome === 'fail')) return exitCodes.regression;
  if (found.failed.length > 0) return exitCodes.cannotRun;
  const isBlocked = found.incomplete.some(({ outcome }) => outcome === 'blocked');
  if (isBlocked) return exitCodes.regression;
  return options.requireComplete === true && found.incomplete.length > 0
    ? exitCodes.profilePartial
    : exitCodes.asExpected;
}

/** With a baseline: nothing differs from it. The worst difference decides. */
export function exitCodeOfDrifts(drifts: readonly Drift[]): number {
  const has = (...kinds: readonly Drift['kind'][]): boolean => drifts.some(({ kind }) => kinds.includes(kind));
  if (has('regression')) return exitCodes.regression;
  if (has('vanished')) return exitCodes.catalogueProblem;
  return has('stale', 'unrecorded') ? exitCodes.staleBaseline : exitCodes.asExpected;
}
