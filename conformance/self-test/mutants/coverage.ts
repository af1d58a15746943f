import type { ConformanceCase } from '../../engine/define-case.ts';
import type { CaseResult } from '../../engine/outcome.ts';
import type { MutantReport } from './run-mutants.ts';

/** How far the core cases have shown that they can fail. */
export interface Coverage {
  readonly core: number;
  /** Ids of core cases that fail on a null server and on no mutant. */
  readonly onNullServersAlone: readonly string[];
  /** Ids of core cases that were never seen to fail. */
  readonly never: readonly string[];
}

/** A case that is blocked or skipped on a null server has not failed there. */
export function coverageOf(
  cases: readonly ConformanceCase[],
  reports: readonly MutantReport[],
  onNullServers: readonly CaseResult[],
): Coverage {
  const core = cases.filter(({ level }) => level === 'core').map(({ id }) => id);
  const killing = new Set(reports.flatMap(({ caught }) => caught));
  const failing = new Set(onNullServers.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id));
  const others = core.filter((id) => !killing.has(id));
  return {
    core: core.length,
    onNullServersAlone: others.filter((id) => failing.has(id)),
    never: others.filter((id) => !failing.has(id)),
  };
}
