import { createHash } from 'node:crypto';
import { outcomes } from '../engine/outcome.ts';
import { shortened } from '../engine/transcript.ts';
import { verdicts } from '../engine/verdict.ts';
import { summariseFeatures, summariseOperations, type OperationSummary } from './operation-summary.ts';
import { schemaVersion, type CaseEntry, type OperationEntry, type ResultsDocument } from './results-document.ts';
import type { RunRecord } from './run-record.ts';

/** A detail beyond this is in the transcript. */
const detailCharacters = 400;

function counts<Name extends string>(names: readonly Name[], found: readonly Name[]): Record<Name, number> {
  const entries = names.map((name) => [name, found.filter((one) => one === name).length]);
  return Object.fromEntries(entries) as Record<Name, number>;
}

function operationJson(summary: OperationSummary): OperationEntry {
  const { operation, verdict, cases, executed, passed, isHarmful, isThin, notes } = summary;
  return {
    operation,
    verdict,
    cases,
    executed,
    passed,
    harmful: isHarmful,
    thin: isThin,
    inputMembers: { sent: summary.input.reached, modelled: summary.input.modelled, missed: summary.input.missed },
    outputMembers: {
      asserted: summary.output.reached,
      modelled: summary.output.modelled,
      missed: summary.output.missed,
    },
    notes,
    features: summary.cells.map((cell) => ({
      feature: cell.feature,
      verdict: cell.verdict,
      cases: cell.cases,
      executed: cell.executed,
      passed: cell.passed,
    })),
  };
}

function casesJson({ results, cases }: RunRecord): CaseEntry[] {
  const references = new Map(cases.map(({ id, reference, clients }) => [id, { reference, clients }]));
  return results.map((result) => ({
    id: result.id,
    title: result.title,
    operation: result.operation,
    feature: result.feature,
    level: result.level,
    severity: result.severity,
    kind: result.kind,
    outcome: result.outcome,
    cause: result.cause ?? null,
    detail: result.detail === undefined ? null : shortened(result.detail, detailCharacters),
    durationMs: result.durationMs,
    ...(result.isFlaky === true && { flaky: true as const }),
    reference: references.get(result.id)?.reference ?? null,
    clients: references.get(result.id)?.clients ?? [],
  }));
}

/** The content of results.json; reports/schema/results-schema.ts describes it. The endpoint's host is hashed, keys are not in it. */
export function resultsJson(record: RunRecord): ResultsDocument {
  const operations = summariseOperations(record.results);
  const summary = {
    cases: record.results.length,
    outcomes: counts(
      outcomes,
      record.results.map(({ outcome }) => outcome),
    ),
    verdicts: counts(
      verdicts,
      operations.map(({ verdict }) => verdict),
    ),
  };
  return {
    schemaVersion,
    suite: { name: 's3-conformance', version: record.versions.suite },
    sdk: { name: '@aws-sdk/client-s3', version: record.versions.sdk },
    node: record.versions.node,
    implementation: record.implementation,
    target: { endpointHash: createHash('sha256').update(record.endpoint.host).digest('hex'), region: record.region },
    selection: { profile: record.profile, filter: record.filter ?? null },
    startedAt: record.startedAt.toISOString(),
    durationMs: record.durationMs,
    interrupted: record.isInterrupted,
    leftBehind: [...new Set([...record.results.flatMap(({ leftBehind }) => leftBehind), ...(record.leftBehind ?? [])])],
    summary,
    operations: operations.map(operationJson),
    features: summariseFeatures(record.results).map(({ feature, verdict, cases, executed, passed }) => ({
      feature,
      verdict,
      cases,
      executed,
      passed,
    })),
    cases: casesJson(record),
  };
}
