import { catalogue, type OperationName } from '../catalogue.ts';
import { capabilities, type Capability } from '../capabilities.ts';
import type { Baseline, Expectation } from '../engine/baseline.ts';
import type { ConformanceCase } from '../engine/define-case.ts';
import type { CaseResult } from '../engine/outcome.ts';
import { bareRefusalProbe, probesFor } from '../probes/define-probes.ts';

/**
 * The results that a baseline records, for the reports to be made from. Cases that are no longer defined are left out:
 * the comparison with a run names them.
 */
export function resultsOf(baseline: Baseline, cases: readonly ConformanceCase[]): CaseResult[] {
  const byId = new Map(cases.map((definition) => [definition.id, definition]));
  return Object.entries(baseline.cases).flatMap(([id, expectation]) => {
    const definition = byId.get(id) ?? followUpProbe(id);
    return definition === undefined ? [] : [resultOf(definition, expectation)];
  });
}

/** The probes that a run adds when the cases of an operation are all refused are not among the cases. */
function followUpProbe(id: string): ConformanceCase | undefined {
  const operation = catalogue.get(id.split('.')[0] as OperationName);
  if (operation === undefined) return undefined;
  return [...probesFor(operation), bareRefusalProbe(operation)].find((probe) => probe.id === id);
}

function resultOf(definition: ConformanceCase, { outcome, cause, kind, needs }: Expectation): CaseResult {
  const { id, title, operation, feature, level, severity, probe } = definition;
  return {
    id,
    title,
    operation,
    feature,
    level,
    severity,
    kind: kind ?? (probe ? 'probe' : 'positive'),
    outcome,
    cause,
    detail: needs === undefined ? undefined : `${needs}: ${capabilities[needs as Capability]}`,
    durationMs: 0,
    inputMembers: [],
    outputMembers: [],
    leftBehind: [],
  };
}
