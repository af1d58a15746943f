import type { CaseKind, Cause, Level, Outcome, Severity } from '../engine/outcome.ts';
import type { Verdict } from '../engine/verdict.ts';
import type { Implementation } from './run-record.ts';

export const schemaVersion = 1;

/** Counts of a verdict; `executed` cases passed or failed. */
export interface Tally {
  readonly verdict: Verdict;
  readonly cases: number;
  readonly executed: number;
  readonly passed: number;
}

export interface FeatureEntry extends Tally {
  readonly feature: string;
}

export interface OperationEntry extends Tally {
  readonly operation: string;
  readonly harmful: boolean;
  /** Fewer than three executed cases. */
  readonly thin: boolean;
  /** Of the SDK's model; `missed`: neither sent nor among those that can't be. */
  readonly inputMembers: { readonly sent: number; readonly modelled: number; readonly missed: readonly string[] };
  readonly outputMembers: { readonly asserted: number; readonly modelled: number; readonly missed: readonly string[] };
  readonly notes: readonly string[];
  readonly features: readonly FeatureEntry[];
}

export interface CaseEntry {
  readonly id: string;
  readonly title: string;
  readonly operation: string;
  readonly feature: string;
  readonly level: Level;
  readonly severity: Severity;
  readonly kind: CaseKind;
  readonly outcome: Outcome;
  readonly cause: Cause | null;
  readonly detail: string | null;
  readonly durationMs: number;
  /** See CaseResult.isFlaky. */
  readonly flaky?: true;
  readonly reference: string | null;
  readonly clients: readonly string[];
}

/** The content of results.json, from which alone all other reports are made; schema/results-schema.ts describes it. */
export interface ResultsDocument {
  readonly schemaVersion: number;
  readonly suite: { readonly name: string; readonly version: string };
  readonly sdk: { readonly name: string; readonly version: string };
  readonly node: string;
  readonly implementation: Implementation;
  readonly target: { readonly endpointHash: string; readonly region: string };
  readonly selection: { readonly profile: string; readonly filter: string | null };
  readonly startedAt: string;
  readonly durationMs: number;
  readonly interrupted: boolean;
  readonly leftBehind: readonly string[];
  readonly summary: {
    readonly cases: number;
    readonly outcomes: Readonly<Record<Outcome, number>>;
    readonly verdicts: Readonly<Record<Verdict, number>>;
  };
  readonly operations: readonly OperationEntry[];
  readonly features: readonly FeatureEntry[];
  readonly cases: readonly CaseEntry[];
}

/** One line for each case and operation: small, and a change of one shows as one line. */
export function formatResults(document: ResultsDocument): string {
  const { operations, features, cases, ...head } = document;
  const single = Object.entries(head).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  const lists = Object.entries({ operations, features, cases }).map(
    ([name, items]) => `${JSON.stringify(name)}: [\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]`,
  );
  return `{\n${[...single, ...lists].join(',\n')}\n}\n`;
}

/** The project and its version, as far as they were given. */
export function implementationName({ implementation }: Pick<ResultsDocument, 'implementation'>): string {
  return [implementation.project, implementation.version].filter((part) => part !== undefined).join(' ');
}
