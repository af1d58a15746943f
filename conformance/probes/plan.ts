import { catalogue, operationNamed, type Operation, type OperationName } from '../catalogue.ts';
import type { ConformanceCase } from '../engine/define-case.ts';
import type { CaseResult } from '../engine/outcome.ts';
import { bareRefusalProbe, probesFor } from './define-probes.ts';

/** Probes for every operation of the SDK that no hand-written case is about. */
export function generatedProbes(handWritten: readonly ConformanceCase[]): ConformanceCase[] {
  const covered = new Set(handWritten.map(({ operation }) => operation));
  return [...catalogue.values()].filter(({ name }) => !covered.has(name)).flatMap(probesFor);
}

/** Operations that change what a probe compares when they do what they are for. */
const changesByDesign = new Set<OperationName>([
  'CompleteMultipartUpload',
  'CopyObject',
  'CreateBucket',
  'DeleteBucket',
  'DeleteObject',
  'DeleteObjects',
  'DeleteObjectTagging',
  'PutObject',
  'PutObjectTagging',
]);

function followUp(operation: Operation, results: readonly CaseResult[]): ConformanceCase[] {
  const executed = results.filter(({ outcome }) => outcome === 'pass' || outcome === 'fail');
  if (executed.length === 0) {
    return results.some(({ cause }) => cause === 'not-implemented') ? [bareRefusalProbe(operation)] : [];
  }
  const positive = executed.filter(({ kind }) => kind !== 'negative');
  if (positive.length === 0 || positive.some(({ kind, cause }) => kind === 'probe' || cause !== 'not-implemented'))
    return [];
  return changesByDesign.has(operation.name) ? [bareRefusalProbe(operation)] : probesFor(operation);
}

/**
 * Probes for the operations whose hand-written cases were all blocked by a refusal of their set-up, or whose positive ones were all refused by name: an
 * operation is unsupported only if it is refused cleanly and does no harm.
 */
export function followUpProbes(results: readonly CaseResult[]): ConformanceCase[] {
  const names = [...new Set(results.map(({ operation }) => operation))].sort();
  return names.flatMap((name) => {
    const own = results.filter(({ operation }) => operation === name);
    return own.some(({ kind }) => kind === 'probe') ? [] : followUp(operationNamed(name), own);
  });
}
