import type { OperationName } from '../catalogue.ts';
import type { Feature } from '../features.ts';

export const outcomes = ['pass', 'fail', 'blocked', 'skipped', 'error'] as const;
/** pass; fail: the target is wrong; blocked: set-up failed; skipped: a capability is absent; error: the suite broke. */
export type Outcome = (typeof outcomes)[number];

export const causes = [
  'not-implemented',
  'ignored',
  'wrong-status',
  'wrong-code',
  'wrong-header',
  'wrong-body',
  'wrong-shape',
  'state-damaged',
  'server-error',
  'sdk-parse',
  'timeout',
  'connection',
] as const;
/** Why a case failed. On a passed do-no-harm probe `not-implemented` means: refused cleanly. */
export type Cause = (typeof causes)[number];

export const levels = ['core', 'extended', 'optional'] as const;
export type Level = (typeof levels)[number];

export const severities = ['critical', 'major', 'minor'] as const;
/** critical: loss, corruption or security; major: a client breaks; minor: the rest. */
export type Severity = (typeof severities)[number];

/** positive: the subject should succeed; negative: it should be refused; probe: generated. */
export type CaseKind = 'positive' | 'negative' | 'probe';

export interface CaseResult {
  readonly id: string;
  readonly title: string;
  readonly operation: OperationName;
  readonly feature: Feature;
  readonly level: Level;
  readonly severity: Severity;
  readonly kind: CaseKind;
  readonly outcome: Outcome;
  readonly cause: Cause | undefined;
  /** What was expected and what came; the missing capability of a skipped case. */
  readonly detail: string | undefined;
  readonly durationMs: number;
  /** Input members the subject requests carried, as `Operation.Member`. */
  readonly inputMembers: readonly string[];
  /** Output members of the answers to subjects that the case looked at, as `Operation.Member`. */
  readonly outputMembers: readonly string[];
  /** It failed, and passed when it was run again alone. A critical one counts as failed nevertheless. */
  readonly isFlaky?: boolean;
  /** Things the run made and could not remove. */
  readonly leftBehind: readonly string[];
}
