// `npm run verify -- mutants`: runs the cases that each mutant concerns on it, and writes docs/mutants.md.
// With names of mutants it runs these and writes nothing; `--all-cases` runs all cases on each.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { allCases } from '../../cli/select-cases.ts';
import type { CaseResult } from '../../engine/outcome.ts';
import { nullServers, type NullServer } from '../null-servers.ts';
import { runOnNullServer } from '../run-null-server.ts';
import { allMutants } from './all-mutants.ts';
import { coverageOf } from './coverage.ts';
import { mutantsMarkdown } from './mutants-markdown.ts';
import { MutantRuns, type MutantReport } from './run-mutants.ts';

const page = join(import.meta.dirname, '../../../docs/mutants.md');
const wantedShare = 0.95;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'all-cases': { type: 'boolean', default: false } },
});
const cases = await allCases();

async function runMutants(): Promise<MutantReport[]> {
  const runs = new MutantRuns(cases);
  const reports: MutantReport[] = [];
  const chosen = allMutants.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  for (const mutant of chosen) {
    const report = await runs.run(mutant, values['all-cases'] ? 'all' : 'concerned');
    reports.push(report);
    const { caught, isNamed } = report;
    const verdict = isNamed ? 'caught' : caught.length > 0 ? `NOT BY ${mutant.caughtBy}` : 'SURVIVES';
    process.stdout.write(`${verdict} ${mutant.name}: ${caught.slice(0, 3).join(' ')} (${String(caught.length)})\n`);
  }
  await runs.stop();
  return reports;
}

async function runNullServers(): Promise<CaseResult[]> {
  const answering = (Object.keys(nullServers) as NullServer[]).filter(
    (kind) => !['silent', 'byte by byte'].includes(kind),
  );
  const results: CaseResult[] = [];
  for (const kind of answering) results.push(...(await runOnNullServer(kind, cases)));
  return results;
}

const reports = await runMutants();
const named = reports.filter(({ isNamed }) => isNamed).length;
const coverage = positionals.length === 0 ? coverageOf(cases, reports, await runNullServers()) : undefined;
if (coverage !== undefined) await writeFile(page, mutantsMarkdown(reports, coverage));
const neverFailed = coverage?.never ?? [];
for (const id of neverFailed) process.stdout.write(`never seen to fail: ${id}\n`);
process.stdout.write(`${String(named)} of ${String(reports.length)} mutants caught by the case that names them\n`);
process.exitCode = named >= reports.length * wantedShare && neverFailed.length === 0 ? 0 : 1;
