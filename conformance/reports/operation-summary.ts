import { catalogue, type Operation } from '../catalogue.ts';
import type { Feature } from '../features.ts';
import type { CaseResult } from '../engine/outcome.ts';
import { judge, judgeCells, type CellJudgement, type Judgement } from '../engine/verdict.ts';

export interface OperationSummary extends Judgement {
  readonly operation: string;
  readonly cells: readonly CellJudgement[];
  /** What failed or could not be tested, in words; deterministic. */
  readonly notes: readonly string[];
  readonly inputMembersSent: number;
  readonly inputMembersModelled: number;
}

export interface FeatureSummary extends Judgement {
  readonly feature: Feature;
}

function noteOf(result: CaseResult): string {
  const { outcome, cause, title } = result;
  if (outcome === 'fail') return `${title}: ${cause ?? 'failed'}`;
  return outcome === 'blocked' ? `${title}: blocked by its set-up` : `${title}: the suite broke`;
}

/** Failing case titles; one line for an operation that is only refused, and for what was not run. */
function notesOf(results: readonly CaseResult[], { verdict, executed }: Judgement): string[] {
  if (verdict === 'unsupported') return ['refused by name'];
  const told = results.filter(({ outcome }) => outcome === 'fail' || outcome === 'blocked' || outcome === 'error');
  if (told.length > 0) return told.map(noteOf);
  if (verdict !== 'untested') return [];
  if (executed > 0) return ['answers and does no harm, but no case judges what it does'];
  const reasons = new Set(results.map(({ detail }) => `needs ${detail?.split(':')[0] ?? 'more'}`));
  return results.length === 0 ? ['no case was run'] : [...reasons].sort();
}

function summarise(operation: Operation, results: readonly CaseResult[]): OperationSummary {
  const own = results.filter((one) => one.operation === operation.name);
  const judgement = judge(own);
  const modelled = operation.input.map(({ name }) => name);
  const sent = new Set(own.flatMap(({ inputMembers }) => inputMembers).filter((name) => modelled.includes(name)));
  return {
    operation: operation.name,
    ...judgement,
    cells: judgeCells(own),
    notes: notesOf(own, judgement),
    inputMembersSent: sent.size,
    inputMembersModelled: modelled.length,
  };
}

/** One summary for each operation of the SDK, in alphabetical order, tested or not. */
export function summariseOperations(results: readonly CaseResult[]): OperationSummary[] {
  return [...catalogue.values()].map((operation) => summarise(operation, results));
}

export function summariseFeatures(results: readonly CaseResult[]): FeatureSummary[] {
  return judgeCells(results);
}
