import { catalogue, type Operation } from '../catalogue.ts';
import type { Feature } from '../features.ts';
import type { CaseResult } from '../engine/outcome.ts';
import { unreachable } from './unreachable-members.ts';
import { judge, judgeCells, type CellJudgement, type Judgement } from '../engine/verdict.ts';

/** Members of the SDK's model that cases reach: sent by a subject, or read of its answer. */
export interface MemberCoverage {
  readonly reached: number;
  readonly modelled: number;
  /** Neither reached nor among those that can't be. */
  readonly missed: readonly string[];
}

export interface OperationSummary extends Judgement {
  readonly operation: string;
  readonly cells: readonly CellJudgement[];
  /** What failed or could not be tested, in words; deterministic. */
  readonly notes: readonly string[];
  readonly input: MemberCoverage;
  readonly output: MemberCoverage;
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

interface Reached {
  readonly input: ReadonlySet<string>;
  readonly output: ReadonlySet<string>;
}

function coverageOf(operation: Operation, side: keyof Reached, reached: Reached): MemberCoverage {
  const { name, [side]: members } = operation;
  const missed = members.map((member) => member.name).filter((member) => !reached[side].has(`${name}.${member}`));
  return {
    reached: members.length - missed.length,
    modelled: members.length,
    missed: missed.filter((member) => unreachable(name, side, member) === undefined),
  };
}

function summarise(operation: Operation, results: readonly CaseResult[], reached: Reached): OperationSummary {
  const own = results.filter((one) => one.operation === operation.name);
  const judgement = judge(own);
  return {
    operation: operation.name,
    ...judgement,
    cells: judgeCells(own),
    notes: notesOf(own, judgement),
    input: coverageOf(operation, 'input', reached),
    output: coverageOf(operation, 'output', reached),
  };
}

/** One summary for each operation of the SDK, in alphabetical order, tested or not. */
export function summariseOperations(results: readonly CaseResult[]): OperationSummary[] {
  const reached = {
    input: new Set(results.flatMap(({ inputMembers }) => inputMembers)),
    output: new Set(results.flatMap(({ outputMembers }) => outputMembers)),
  };
  return [...catalogue.values()].map((operation) => summarise(operation, results, reached));
}

export function summariseFeatures(results: readonly CaseResult[]): FeatureSummary[] {
  return judgeCells(results);
}
