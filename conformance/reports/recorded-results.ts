import type { Baseline, Expectation, Observed } from '../engine/baseline.ts';
import { expectationFrom } from '../engine/baseline.ts';
import type { CaseKind, Cause, Outcome } from '../engine/outcome.ts';
import { schemaVersion } from './results-json.ts';

/** What is read of a results.json; schema/results-schema.ts describes all of it. */
export interface RecordedResults {
  readonly schemaVersion: number;
  readonly suite: { readonly version: string };
  readonly sdk: { readonly version: string };
  readonly implementation: Baseline['implementation'];
  readonly selection: { readonly profile: string; readonly filter: string | null };
  readonly interrupted: boolean;
  readonly operations: readonly {
    readonly operation: string;
    readonly inputMembers: { readonly sent: number };
    readonly outputMembers: { readonly asserted: number };
  }[];
  readonly cases: readonly {
    readonly id: string;
    readonly outcome: Outcome;
    readonly cause: Cause | null;
    readonly kind: CaseKind;
    readonly detail: string | null;
  }[];
}

/** @throws RangeError when the text is no results.json of this version of the suite */
export function parseResults(text: string): RecordedResults {
  const parsed = JSON.parse(text) as Partial<RecordedResults>;
  if (parsed.schemaVersion !== schemaVersion || parsed.cases === undefined) {
    throw new RangeError(`no results.json of schema version ${String(schemaVersion)}`);
  }
  return parsed as RecordedResults;
}

/** Whether every case was to be run, and was. */
export function isWholeRun({ selection, interrupted }: RecordedResults): boolean {
  return selection.profile === 'full' && selection.filter === null && !interrupted;
}

export function observedIn({ cases }: RecordedResults): Observed[] {
  return cases.map(({ id, outcome, kind, cause, detail }) => ({
    id,
    outcome,
    kind,
    cause: cause ?? undefined,
    detail: detail ?? undefined,
  }));
}

function countsOf(
  { operations }: RecordedResults,
  count: (operation: RecordedResults['operations'][number]) => number,
): Record<string, number> {
  const counted = operations.map((operation) => [operation.operation, count(operation)] as const);
  return Object.fromEntries(counted.filter(([, reached]) => reached > 0));
}

/**
 * The baseline that says what these results say. A gap that stays one keeps its reason; `reason` is given to the others.
 */
export function baselineFrom(results: RecordedResults, previous?: Baseline, reason?: string): Baseline {
  const cases = observedIn(results).map((observed): [string, Expectation] => {
    const expectation = expectationFrom(observed);
    if (expectation.outcome === 'pass' || expectation.outcome === 'skipped') return [observed.id, expectation];
    const known = previous?.cases[observed.id]?.reason ?? reason;
    return [observed.id, known === undefined ? expectation : { ...expectation, reason: known }];
  });
  return {
    schemaVersion: results.schemaVersion,
    implementation: results.implementation,
    suite: results.suite.version,
    sdk: results.sdk.version,
    inputMembersSent: countsOf(results, ({ inputMembers }) => inputMembers.sent),
    outputMembersAsserted: countsOf(results, ({ outputMembers }) => outputMembers.asserted),
    cases: Object.fromEntries(cases.toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}
