import { catalogue, operationNamed, type OperationName } from '../catalogue.ts';
import type { ConformanceCase } from '../engine/define-case.ts';
import type { CaseResult } from '../engine/outcome.ts';
import { probesFor } from './define-probes.ts';

/** Probes for every operation of the SDK that no hand-written case is about. */
export function generatedProbes(handWritten: readonly ConformanceCase[]): ConformanceCase[] {
  const covered = new Set(handWritten.map(({ operation }) => operation));
  return [...catalogue.values()].filter(({ name }) => !covered.has(name)).flatMap(probesFor);
}

function isAnswered(result: CaseResult): boolean {
  const isExecuted = result.outcome === 'pass' || result.outcome === 'fail';
  return isExecuted && (result.kind === 'probe' || (result.kind === 'positive' && result.cause !== 'not-implemented'));
}

/**
 * Probes for the operations that have hand-written cases, none of which shows whether the operation exists: all were
 * refused by name, or blocked. An operation is unsupported only if it is refused cleanly and does no harm.
 */
export function followUpProbes(results: readonly CaseResult[]): ConformanceCase[] {
  const isDecided = (name: OperationName): boolean => results.some((one) => one.operation === name && isAnswered(one));
  const hasRun = (name: OperationName): boolean =>
    results.some((one) => one.operation === name && one.outcome !== 'skipped' && one.outcome !== 'error');
  const operations = [...new Set(results.map(({ operation }) => operation))].sort();
  return operations
    .filter((name) => hasRun(name) && !isDecided(name))
    .flatMap((name) => probesFor(operationNamed(name)));
}
