import type { CaseKind, CaseResult, Cause, Outcome } from './outcome.ts';

/** What a case is expected to come to on one server. */
export interface Expectation {
  readonly outcome: Outcome;
  /** Why it fails or is blocked; `not-implemented` on a passed probe, which was then refused by name. */
  readonly cause?: Cause;
  /** Absent where the case was not run. */
  readonly kind?: CaseKind;
  /** The capability that a skipped case lacks. */
  readonly needs?: string;
  /** Why this is as it is, for a known gap; written by people, kept by updates. */
  readonly reason?: string;
}

/** The expectations of one server, by case id, and what its matrix column is made from. */
export interface Baseline {
  readonly schemaVersion: number;
  readonly implementation: { readonly project?: string; readonly version?: string };
  readonly suite: string;
  readonly sdk: string;
  /** Members of the SDK's input that subject requests carried, by operation; operations without any are left out. */
  readonly inputMembersSent: Readonly<Record<string, number>>;
  /** Members of the SDK's output that cases read of the answers to subjects; absent in baselines of earlier suites. */
  readonly outputMembersAsserted?: Readonly<Record<string, number>>;
  readonly cases: Readonly<Record<string, Expectation>>;
}

export type Observed = Pick<CaseResult, 'id' | 'outcome' | 'cause' | 'kind' | 'detail'>;

/**
 * regression: a failure that is not expected, or one for another cause, or a case that no longer runs;
 * stale: better than, or otherwise unlike, what is recorded; unrecorded: a new case; vanished: a recorded case did not come.
 */
export type DriftKind = 'regression' | 'stale' | 'unrecorded' | 'vanished';

export interface Drift {
  readonly id: string;
  readonly kind: DriftKind;
  /** What was expected and what came, in one line. */
  readonly text: string;
}

const isGap = ({ outcome }: Pick<Expectation, 'outcome'>): boolean => outcome !== 'pass' && outcome !== 'skipped';

/** The cases that neither pass nor lack a capability. */
export function gapsOf(baseline: Baseline): [string, Expectation][] {
  return Object.entries(baseline.cases).filter(([, expectation]) => isGap(expectation));
}

export function expectationFrom(observed: Observed): Expectation {
  const { outcome, cause, kind, detail } = observed;
  if (outcome === 'skipped') return { outcome, needs: detail?.split(':')[0] ?? '' };
  return { outcome, ...(cause === undefined ? {} : { cause }), ...(outcome === 'blocked' ? {} : { kind }) };
}

/** How one result differs from what is recorded of its case; undefined when it is as expected. */
export function driftOf(
  id: string,
  expected: Expectation | undefined,
  observed: Observed | undefined,
): Drift | undefined {
  if (observed === undefined) return { id, kind: 'vanished', text: 'is recorded, but there is no result of it' };
  const came = expectationFrom(observed);
  const seen = `${describe(came)}${observed.detail === undefined ? '' : ` (${observed.detail})`}`;
  if (expected === undefined) {
    return { id, kind: isGap(came) ? 'regression' : 'unrecorded', text: `is not recorded, and came to: ${seen}` };
  }
  if (isSame(expected, came)) return undefined;
  const isWorse = isGap(came) || (expected.outcome === 'pass' && came.outcome === 'skipped');
  const text = `expected ${describe(expected)}, came to ${seen}`;
  return { id, kind: isWorse ? 'regression' : 'stale', text };
}

/** Every drift, in order of id; `isWhole`: all cases were run, so that a recorded one without a result has vanished. */
export function compareWithBaseline(baseline: Baseline, results: readonly Observed[], isWhole = true): Drift[] {
  const byId = new Map(results.map((result) => [result.id, result]));
  const ids = new Set([...byId.keys(), ...(isWhole ? Object.keys(baseline.cases) : [])]);
  return [...ids]
    .sort()
    .map((id) => driftOf(id, baseline.cases[id], byId.get(id)))
    .filter((drift) => drift !== undefined);
}

function isSame(expected: Expectation, came: Expectation): boolean {
  return (
    expected.outcome === came.outcome &&
    expected.cause === came.cause &&
    expected.kind === came.kind &&
    expected.needs === came.needs
  );
}

function describe({ outcome, cause, kind, needs }: Expectation): string {
  const [state, ...more] = [outcome, cause, kind, needs].filter((part) => part !== undefined);
  return more.length === 0 ? String(state) : `${String(state)} [${more.join(', ')}]`;
}
