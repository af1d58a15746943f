import type { GateDecision } from '../engine/gate.ts';
import { outcomes } from '../engine/outcome.ts';
import { verdicts } from '../engine/verdict.ts';
import { summariseOperations } from '../reports/operation-summary.ts';
import type { RunRecord } from '../reports/run-record.ts';

function tally<Name extends string>(names: readonly Name[], found: readonly Name[]): string {
  const counted = names.map((name) => [found.filter((one) => one === name).length, name] as const);
  return counted
    .filter(([count]) => count > 0)
    .map(([count, name]) => `${String(count)} ${name}`)
    .join(', ');
}

function gateLine({ exitCode, failed, incomplete }: GateDecision): string {
  if (exitCode === 0) return 'Gate: open.';
  const reasons = [
    ...(failed.length > 0 ? [`${String(failed.length)} failed`] : []),
    ...(incomplete.length > 0 ? [`${String(incomplete.length)} blocked or skipped`] : []),
  ];
  const example = failed[0] ?? incomplete[0];
  const next = example === undefined ? '' : ` Next: s3-conformance explain ${example.id}`;
  return `Gate: closed (${reasons.join(', ')}).${next}`;
}

/** What a run says at its end. */
export function summaryLines(record: RunRecord, decision: GateDecision, out: string | undefined): string[] {
  const { results } = record;
  const operations = summariseOperations(results);
  const seconds = (record.durationMs / 1000).toFixed(1);
  const leftBehind = results.flatMap((result) => result.leftBehind);
  return [
    `Cases: ${String(results.length)} in ${seconds} s${record.isInterrupted ? ' (interrupted)' : ''}: ${tally(
      outcomes,
      results.map(({ outcome }) => outcome),
    )}`,
    `Operations: ${tally(
      verdicts,
      operations.map(({ verdict }) => verdict),
    )}`,
    ...(leftBehind.length > 0 ? [`Could not remove: ${leftBehind.join(' ')}`] : []),
    ...(out === undefined ? [] : [`Written: ${out}/matrix.md and ${out}/results.json`]),
    record.isInterrupted ? 'Gate: not decided, the run was interrupted.' : gateLine(decision),
  ];
}
