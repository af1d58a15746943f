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
  /** As shells have it for SIGINT. */
  interrupted: 130,
} as const;

export interface GateOptions {
  /** The levels that must pass. Default core. */
  readonly levels?: readonly Level[];
  readonly reportOnly?: boolean;
  /** Blocked and skipped cases make it fail too. */
  readonly requireComplete?: boolean;
  /** A baseline that is too pessimistic closes the gate. */
  readonly strict?: boolean;
  /** In place of "every case passes": percent of the executed cases of the levels that must pass. */
  readonly failUnder?: number;
}

export type Gated = Pick<CaseResult, 'id' | 'level' | 'outcome'>;

/** What must be put right before the gate opens, and with which code the process ends. */
export interface GateDecision {
  readonly exitCode: number;
  readonly failed: readonly Gated[];
  readonly incomplete: readonly Gated[];
  /** Why it is closed, where no case says so. */
  readonly reason?: string;
}

interface Counted {
  readonly failed: readonly Gated[];
  readonly incomplete: readonly Gated[];
  /** Of the executed cases; 100 when none was. */
  readonly percentPassed: number;
}

function count(results: readonly Gated[], levels: readonly Level[] = ['core']): Counted {
  const counted = results.filter(({ level }) => levels.includes(level));
  const failed = counted.filter(({ outcome }) => outcome === 'fail' || outcome === 'error');
  const incomplete = counted.filter(({ outcome }) => outcome === 'blocked' || outcome === 'skipped');
  const passed = counted.length - failed.length - incomplete.length;
  const executed = passed + failed.length;
  return { failed, incomplete, percentPassed: executed === 0 ? 100 : (100 * passed) / executed };
}

/** Without a baseline: every case of the levels asked for passes, and none of them is blocked. */
export function decideGate(results: readonly Gated[], options: GateOptions = {}): GateDecision {
  const { failed, incomplete, percentPassed } = count(results, options.levels);
  const decide = (exitCode: number, reason?: string): GateDecision => ({
    exitCode: options.reportOnly === true ? exitCodes.asExpected : exitCode,
    failed,
    incomplete,
    ...(reason === undefined ? {} : { reason }),
  });
  if (!hasRun(results)) return decide(exitCodes.catalogueProblem, 'no case was run');
  if (isBelow(percentPassed, options)) return decide(exitCodes.regression, belowText(percentPassed, options));
  if (options.failUnder === undefined) {
    if (failed.some(({ outcome }) => outcome === 'fail')) return decide(exitCodes.regression);
    if (failed.length > 0) return decide(exitCodes.cannotRun);
    if (incomplete.some(({ outcome }) => outcome === 'blocked')) return decide(exitCodes.regression);
  }
  return decide(isPartial(incomplete, options) ? exitCodes.profilePartial : exitCodes.asExpected);
}

/** With a baseline: nothing differs from it; the worst difference decides. */
export function decideBaselineGate(
  results: readonly Gated[],
  drifts: readonly Drift[],
  options: GateOptions = {},
): GateDecision {
  const { incomplete, percentPassed } = count(results, options.levels);
  const ids = new Set(drifts.filter(({ kind }) => isClosing(kind, options)).map(({ id }) => id));
  const failed = results.filter(({ id }) => ids.has(id));
  const decide = (exitCode: number, reason?: string, open: readonly Gated[] = []): GateDecision => ({
    exitCode: options.reportOnly === true ? exitCodes.asExpected : exitCode,
    failed,
    incomplete: open,
    ...(reason === undefined ? {} : { reason }),
  });
  if (!hasRun(results)) return decide(exitCodes.catalogueProblem, 'no case was run');
  const ofDrifts = exitCodeOfDrifts(drifts, options.strict);
  if (ofDrifts !== exitCodes.asExpected) return decide(ofDrifts, `${String(ids.size)} differ from the baseline`);
  if (isBelow(percentPassed, options)) return decide(exitCodes.regression, belowText(percentPassed, options));
  if (isPartial(incomplete, options)) return decide(exitCodes.profilePartial, undefined, incomplete);
  return decide(exitCodes.asExpected);
}

/** The worst difference decides: what regressed, then what vanished; what is stale counts when `isStrict`. */
export function exitCodeOfDrifts(drifts: readonly Drift[], isStrict = false): number {
  const has = (...kinds: readonly Drift['kind'][]): boolean => drifts.some(({ kind }) => kinds.includes(kind));
  if (has('regression')) return exitCodes.regression;
  if (has('vanished')) return exitCodes.catalogueProblem;
  return isStrict && has('stale', 'unrecorded') ? exitCodes.staleBaseline : exitCodes.asExpected;
}

function isClosing(kind: Drift['kind'], { strict }: GateOptions): boolean {
  return kind === 'regression' || kind === 'vanished' || strict === true;
}

function hasRun(results: readonly Gated[]): boolean {
  return results.some(({ outcome }) => outcome !== 'skipped');
}

function isBelow(percentPassed: number, { failUnder }: GateOptions): boolean {
  return failUnder !== undefined && percentPassed < failUnder;
}

function belowText(percentPassed: number, { failUnder }: GateOptions): string {
  return `${percentPassed.toFixed(1)} % pass, ${String(failUnder)} % are wanted`;
}

function isPartial(incomplete: readonly Gated[], { requireComplete }: GateOptions): boolean {
  return requireComplete === true && incomplete.length > 0;
}
