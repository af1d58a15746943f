import { heading, row } from './markdown-table.ts';
import { implementationName, type ResultsDocument } from './results-document.ts';
import type { CaseMove, ResultsDiff } from './results-diff.ts';

/** A comment on a pull request holds 65,536 characters: of a longer list its beginning is told. */
const shownRows = 40;

function section(title: string, moves: readonly CaseMove[]): string[] {
  if (moves.length === 0) return [];
  const rows = moves
    .slice(0, shownRows)
    .map(({ id, title: what, level, before = '', after = '' }) => row(`\`${id}\``, what, level, before, after));
  const rest = moves.length - rows.length;
  return [
    `### ${title}: ${String(moves.length)}`,
    '',
    ...heading('Case', 'What it is about', 'Level', 'Before', 'After'),
    ...rows,
    ...(rest > 0 ? ['', `and ${String(rest)} more`] : []),
    '',
  ];
}

function folded(title: string, moves: readonly CaseMove[]): string[] {
  if (moves.length === 0) return [];
  const head = `<details><summary>${title}: ${String(moves.length)}</summary>`;
  return [head, '', ...section(title, moves), '</details>', ''];
}

function verdictSection({ verdictMoves }: ResultsDiff): string[] {
  if (verdictMoves.length === 0) return [];
  const rows = verdictMoves.map(({ operation, before, after }) => row(operation, before, after));
  return [
    `### Verdicts that moved: ${String(rows.length)}`,
    '',
    ...heading('Operation', 'Before', 'After'),
    ...rows,
    '',
  ];
}

function passes({ summary: { outcomes } }: ResultsDocument): string {
  return `${String(outcomes.pass)} of ${String(outcomes.pass + outcomes.fail)}`;
}

/** Fit for a pull request's comment: what got worse is open, the rest is folded. */
export function diffMarkdown(diff: ResultsDiff, before: ResultsDocument, after: ResultsDocument): string {
  const name = implementationName(after);
  const isSame = Object.values(diff).every((moves: readonly unknown[]) => moves.length === 0);
  return [
    `## S3 conformance${name === '' ? '' : `: ${name}`}`,
    '',
    `${passes(after)} executed cases pass; ${passes(before)} before.`,
    '',
    ...(isSame ? ['Nothing differs.', ''] : []),
    ...section('Newly failing', diff.newlyFailing),
    ...section('Failing for another cause', diff.causeChanged),
    ...verdictSection(diff),
    ...folded('Fixed', diff.fixed),
    ...folded('Run in one of the two', diff.runChanged),
    ...folded('Added', diff.added),
    ...folded('Removed', diff.removed),
  ].join('\n');
}
