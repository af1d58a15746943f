import { matchesAny } from './glob.ts';
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
  /** Where the gap is worked on. */
  readonly issue?: string;
  /** `YYYY-MM-DD`: from this day on the gap is a regression. */
  readonly expires?: string;
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
  /** By id; one with `*` stands for all cases that are refused by name (fail, not-implemented) and not listed. */
  readonly cases: Readonly<Record<string, Expectation>>;
}

export type Observed = Pick<CaseResult, 'id' | 'outcome' | 'cause' | 'kind' | 'detail'> &
  Partial<Pick<CaseResult, 'severity'>>;

/**
 * regression: a failure that is not expected, or one for another cause, or a case that no longer runs, or a gap that may
 * not be one;
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

export interface ComparisonOptions {
  /** All cases were run, so that a recorded one without a result has vanished. Default true. */
  readonly isWhole?: boolean;
  /** Of a part of the cases: whether there is a case of this id at all; a recorded one that there is not has vanished. */
  readonly exists?: (id: string) => boolean;
  /** The only critical failures that may be known gaps; `*` allowed. Default all. */
  readonly allowCritical?: readonly string[];
  /** `YYYY-MM-DD`, for gaps that expire. Default today. */
  readonly today?: string;
}

/** Every drift, in order of id. */
export function compareWithBaseline(
  baseline: Baseline,
  results: readonly Observed[],
  options: ComparisonOptions = {},
): Drift[] {
  const { isWhole = true, exists = () => true, today = new Date().toISOString().slice(0, 10) } = options;
  const byId = new Map(results.map((result) => [result.id, result]));
  const recorded = Object.keys(baseline.cases).filter((id) => !id.includes('*'));
  const ids = new Set([...byId.keys(), ...recorded.filter((id) => isWhole || !exists(id))]);
  return [...ids]
    .sort()
    .map((id) => {
      const observed = byId.get(id);
      const expected = expectationOf(baseline, id, observed);
      return driftOf(id, expected, observed) ?? forbiddenGap(expected, observed, { ...options, today });
    })
    .filter((drift) => drift !== undefined);
}

/** What the baseline says of a case: by its id, else, of one that is refused by name, by the first glob that fits. */
export function expectationOf(baseline: Baseline, id: string, observed?: Observed): Expectation | undefined {
  const own = baseline.cases[id];
  if (own !== undefined || observed?.outcome !== 'fail' || observed.cause !== 'not-implemented') return own;
  const glob = Object.entries(baseline.cases).find(
    ([key, { outcome, cause }]) =>
      key.includes('*') && outcome === 'fail' && cause === 'not-implemented' && matchesAny(id, [key]),
  );
  return glob === undefined ? undefined : { ...glob[1], kind: observed.kind };
}

/** A gap that is as recorded, and all the same must not be there. */
function forbiddenGap(
  expected: Expectation | undefined,
  observed: Observed | undefined,
  { allowCritical, today = '' }: ComparisonOptions,
): Drift | undefined {
  if (expected === undefined || observed === undefined || !isGap(observed)) return undefined;
  const { id, severity } = observed;
  if (expected.expires !== undefined && expected.expires <= today) {
    return { id, kind: 'regression', text: `is a known gap that expired on ${expected.expires}` };
  }
  const isForbidden = severity === 'critical' && observed.outcome === 'fail';
  if (!isForbidden || allowCritical === undefined || matchesAny(id, allowCritical)) return undefined;
  return { id, kind: 'regression', text: `is a critical failure, no known gap without --allow-critical ${id}` };
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
