import { heading, row } from '../../reports/markdown-table.ts';
import { defectClasses } from './all-mutants.ts';
import type { Coverage } from './coverage.ts';
import type { MutantReport } from './run-mutants.ts';

const preface = `# Mutants

Servers with one defect each, of a kind that S3 servers are known for: the gateway on its local store, behind a proxy that spoils a request or
its response. A suite that does not notice is no judge. \`npm run verify -- mutants\` runs each of them and writes this page;
\`npm test -- conformance\` runs a tenth, another one each day. A mutant is a row of a table under
\`conformance/self-test/mutants/defects\`.

The case that is there for the defect is named; it has to fail. The number behind it is of the other cases that fail, of those near to it: of
the same operation and feature, and what else the mutant names.
`;

function caughtCell({ mutant, caught, isNamed }: MutantReport): string {
  const others = caught.length - (isNamed ? 1 : 0);
  const named = isNamed ? `\`${mutant.caughtBy}\`` : `not by \`${mutant.caughtBy}\``;
  return others === 0 ? named : `${named} +${String(others)}`;
}

function listOf(ids: readonly string[]): string[] {
  return ids.length === 0 ? [] : ['', ...ids.map((id) => `- \`${id}\``)];
}

function coverageLines({ core, onNullServersAlone, never }: Coverage): string[] {
  const onMutants = core - onNullServersAlone.length - never.length;
  return [
    '## Core cases',
    '',
    `Of ${String(core)} core cases ${String(onMutants)} fail on a mutant, ${String(onNullServersAlone.length)} on nothing but a server that ` +
      `implements nothing, and ${String(never.length)} were never seen to fail.`,
    ...listOf(never),
    ...(onNullServersAlone.length === 0 ? [] : ['', 'On null servers alone:', ...listOf(onNullServersAlone)]),
  ];
}

/** The page of all mutants: the same results, the same text. */
export function mutantsMarkdown(reports: readonly MutantReport[], coverage: Coverage): string {
  const byName = new Map(reports.map((report) => [report.mutant.name, report]));
  const named = reports.filter(({ isNamed }) => isNamed).length;
  const survivors = reports.filter(({ caught }) => caught.length === 0);
  const tables = defectClasses.flatMap(({ title, mutants }) => [
    '',
    `## ${title.charAt(0).toUpperCase()}${title.slice(1)}`,
    '',
    ...heading('Mutant', 'Defect', 'Caught by'),
    ...mutants.flatMap(({ name, defect }) => {
      const report = byName.get(name);
      return report === undefined ? [] : [row(name, defect, caughtCell(report))];
    }),
  ]);
  const lines = [
    preface,
    `${String(reports.length)} mutants, ${String(named)} of them caught by the case that names the defect, ${String(survivors.length)} survivors.`,
    ...listOf(survivors.map(({ mutant }) => mutant.name)),
    ...tables,
    '',
    ...coverageLines(coverage),
  ];
  return `${lines.join('\n')}\n`;
}
