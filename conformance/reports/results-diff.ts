import type { CaseEntry, OperationEntry, ResultsDocument } from './results-document.ts';

/** What became of one case. */
export interface CaseMove {
  readonly id: string;
  readonly title: string;
  readonly level: string;
  /** `pass`, `fail: wrong-code`, …; absent where the case was not there. */
  readonly before?: string;
  readonly after?: string;
}

export interface VerdictMove {
  readonly operation: string;
  readonly before: string;
  readonly after: string;
}

/** What differs between two runs; every list in order of id. */
export interface ResultsDiff {
  readonly newlyFailing: readonly CaseMove[];
  readonly fixed: readonly CaseMove[];
  /** Failed before and after, for another reason. */
  readonly causeChanged: readonly CaseMove[];
  /** Skipped in one of the two. */
  readonly runChanged: readonly CaseMove[];
  readonly added: readonly CaseMove[];
  readonly removed: readonly CaseMove[];
  readonly verdictMoves: readonly VerdictMove[];
}

function stateOf({ outcome, cause }: CaseEntry): string {
  // A probe that passes because it was refused by name passes all the same.
  return cause === null || outcome === 'pass' ? outcome : `${outcome}: ${cause}`;
}

function moveOf(before: CaseEntry | undefined, after: CaseEntry | undefined): CaseMove {
  const one = (after ?? before) as CaseEntry;
  return {
    id: one.id,
    title: one.title,
    level: one.level,
    ...(before === undefined ? {} : { before: stateOf(before) }),
    ...(after === undefined ? {} : { after: stateOf(after) }),
  };
}

type Kind = Exclude<keyof ResultsDiff, 'verdictMoves'>;

function kindOf(before: CaseEntry | undefined, after: CaseEntry | undefined): Kind | undefined {
  if (before === undefined) return 'added';
  if (after === undefined) return 'removed';
  if (stateOf(before) === stateOf(after)) return undefined;
  if (after.outcome === 'skipped') return 'runChanged';
  if (after.outcome === 'pass') return before.outcome === 'skipped' ? 'runChanged' : 'fixed';
  return before.outcome === 'pass' || before.outcome === 'skipped' ? 'newlyFailing' : 'causeChanged';
}

function verdictOf({ verdict, harmful }: OperationEntry): string {
  return harmful ? `${verdict}, harmful` : verdict;
}

function verdictMoves(before: ResultsDocument, after: ResultsDocument): VerdictMove[] {
  const known = new Map(before.operations.map((entry) => [entry.operation, verdictOf(entry)]));
  return after.operations.flatMap((entry) => {
    const was = known.get(entry.operation) ?? 'untested';
    const is = verdictOf(entry);
    return was === is ? [] : [{ operation: entry.operation, before: was, after: is }];
  });
}

/** Compares two results.json; `before` is the older one. */
export function diffResults(before: ResultsDocument, after: ResultsDocument): ResultsDiff {
  const old = new Map(before.cases.map((one) => [one.id, one]));
  const now = new Map(after.cases.map((one) => [one.id, one]));
  const ids = [...new Set([...old.keys(), ...now.keys()])].sort();
  const of = (kind: Kind): CaseMove[] =>
    ids.filter((id) => kindOf(old.get(id), now.get(id)) === kind).map((id) => moveOf(old.get(id), now.get(id)));
  return {
    newlyFailing: of('newlyFailing'),
    fixed: of('fixed'),
    causeChanged: of('causeChanged'),
    runChanged: of('runChanged'),
    added: of('added'),
    removed: of('removed'),
    verdictMoves: verdictMoves(before, after),
  };
}
