import { join } from 'node:path';
import type { GateDecision } from '../engine/gate.ts';
import type { ResultsDocument } from '../reports/results-document.ts';

const shownNames = 5;

/** Names with a count of at least one. */
function tally(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${String(count)} ${name}`)
    .join(', ');
}

function gateLine({ exitCode, failed, incomplete, reason }: GateDecision): string {
  if (exitCode === 0) return 'Gate: open.';
  const reasons = [
    ...(reason === undefined ? [] : [reason]),
    ...(failed.length > 0 ? [`${String(failed.length)} failed`] : []),
    ...(incomplete.length > 0 ? [`${String(incomplete.length)} blocked or skipped`] : []),
  ];
  const example = failed[0] ?? incomplete[0];
  const next = example === undefined ? '' : ` Next: s3-conformance explain ${example.id}`;
  return `Gate: closed (${reasons.join(', ')}).${next}`;
}

/** Some of the names; results.json has them all. */
function some(names: readonly string[]): string {
  const rest = names.length - shownNames;
  return [...names.slice(0, shownNames), ...(rest > 0 ? [`and ${String(rest)} more`] : [])].join(', ');
}

function flakyLine({ cases }: ResultsDocument): string[] {
  const ids = cases.filter(({ flaky }) => flaky === true).map(({ id }) => id);
  return ids.length === 0
    ? []
    : [`Flaky (failed, and passed when run again; critical ones count as failed): ${some(ids)}`];
}

function leftBehindLine(leftBehind: readonly string[]): string[] {
  const [first] = leftBehind;
  if (first === undefined) return [];
  const run = /^s3c-([^-]+)-/.exec(first)?.[1];
  return [
    `Could not remove: ${some(leftBehind)}.${run === undefined ? '' : ` Next: s3-conformance cleanup --run ${run}`}`,
  ];
}

/** Where the reports went; without a folder nothing was written. */
export interface WrittenFiles {
  readonly folder: string | undefined;
  readonly written: readonly string[];
}

/** What a run says at its end. */
export function summaryLines(document: ResultsDocument, decision: GateDecision, files: WrittenFiles): string[] {
  const { summary, interrupted, leftBehind } = document;
  const seconds = (document.durationMs / 1000).toFixed(1);
  const { folder, written } = files;
  const page = 'report.html';
  const others = written.filter((name) => name !== page);
  return [
    `Cases: ${String(summary.cases)} in ${seconds} s${interrupted ? ' (interrupted)' : ''}: ${tally(summary.outcomes)}`,
    `Operations: ${tally(summary.verdicts)}`,
    ...flakyLine(document),
    ...leftBehindLine(leftBehind),
    ...(folder === undefined ? [] : [`Written: ${join(folder, page)}, and ${others.join(', ')}`]),
    interrupted ? 'Gate: not decided, the run was interrupted.' : gateLine(decision),
  ];
}
