import type { Feature } from '../features.ts';
import type { CaseResult } from './outcome.ts';

export const verdicts = ['supported', 'partial', 'non-compliant', 'unsupported', 'untested'] as const;
export type Verdict = (typeof verdicts)[number];

/** What a verdict rests on: nothing but results. */
export type Evidence = Pick<CaseResult, 'feature' | 'level' | 'outcome' | 'cause' | 'kind'>;

export interface Judgement {
  readonly verdict: Verdict;
  /** Non-compliant because something was damaged, or a do-no-harm probe failed. */
  readonly isHarmful: boolean;
  readonly cases: number;
  readonly executed: number;
  readonly passed: number;
  /** Fewer than 3 executed cases. */
  readonly isThin: boolean;
}

export interface CellJudgement extends Judgement {
  readonly feature: Feature;
}

const isExecuted = ({ outcome }: Evidence): boolean => outcome === 'pass' || outcome === 'fail';
const isFailed = ({ outcome }: Evidence): boolean => outcome === 'fail';

/** A probe that passed because the operation was refused by name speaks like a positive case that was not implemented. */
const isRefusal = ({ cause }: Evidence): boolean => cause === 'not-implemented';
const isPositive = (one: Evidence): boolean => one.kind === 'positive' || (one.kind === 'probe' && isRefusal(one));

/** A passed probe shows that an operation does no harm, never that it works. */
const isProof = (one: Evidence): boolean => one.kind !== 'probe' || isRefusal(one);

function isHarm(one: Evidence): boolean {
  return isFailed(one) && (one.cause === 'state-damaged' || one.kind === 'probe');
}

function isUnsupported(executed: readonly Evidence[]): boolean {
  const positive = executed.filter(isPositive);
  return positive.length > 0 && positive.every(isRefusal);
}

function verdictOf(evidence: readonly Evidence[]): Verdict {
  const executed = evidence.filter(isExecuted);
  if (executed.length === 0) return 'untested';
  if (executed.some(isHarm)) return 'non-compliant';
  if (isUnsupported(executed)) return 'unsupported';
  if (!executed.some(isProof)) return 'untested';
  const failed = executed.filter(isFailed);
  if (failed.some((one) => one.level === 'core' && !isRefusal(one))) return 'non-compliant';
  if (failed.length === executed.length) return failed.every(isRefusal) ? 'unsupported' : 'non-compliant';
  const weighs = (one: Evidence): boolean =>
    one.level !== 'optional' || executed.every((each) => each.level === 'optional');
  const isHindered = evidence.some(({ outcome }) => outcome === 'blocked' || outcome === 'error');
  return failed.some(weighs) || isHindered ? 'partial' : 'supported';
}

/**
 * Judges an operation, or one (operation, feature) cell, from its results alone; the order of the results does not matter.
 *
 * 1. nothing executed, or only probes that were neither refused nor failed: untested
 * 2. state damaged or a probe failed: non-compliant (harmful)
 * 3. every positive case refused by name: unsupported
 * 4. a core case failed for another cause, or nothing passed: non-compliant
 * 5. other failures, or something was blocked: partial
 * 6. else supported
 *
 * Turning a pass into a fail never improves a verdict, where supported > partial > non-compliant = unsupported.
 */
export function judge(evidence: readonly Evidence[]): Judgement {
  const executed = evidence.filter(isExecuted);
  return {
    verdict: verdictOf(evidence),
    isHarmful: executed.some(isHarm),
    cases: evidence.length,
    executed: executed.length,
    passed: executed.filter(({ outcome }) => outcome === 'pass').length,
    isThin: executed.length > 0 && executed.length < 3,
  };
}

/** One judgement for each feature the evidence touches, in alphabetical order. */
export function judgeCells(evidence: readonly Evidence[]): CellJudgement[] {
  const features = [...new Set(evidence.map(({ feature }) => feature))].sort();
  return features.map((feature) => ({ feature, ...judge(evidence.filter((one) => one.feature === feature)) }));
}
