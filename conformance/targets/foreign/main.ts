// `npm run verify -- foreign`: runs every case against servers of others, and keeps what came of it in
// conformance/baselines/SERVER-VERSION.json, with the matrix beside it. Then it tells which cases fail on all of them: those
// are looked up in AWS's documentation first. Names of servers run these alone.
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { allCases } from '../../cli/select-cases.ts';
import type { CaseResult } from '../../engine/outcome.ts';
import { readBaseline, writeBaseline } from '../../reports/baseline-json.ts';
import { matrixMarkdown } from '../../reports/matrix-markdown.ts';
import { baselineFrom } from '../../reports/recorded-results.ts';
import { runServer } from '../run-server.ts';
import { foreignServers, type ForeignServer } from './foreign-servers.ts';
import { startForeign } from './server-process.ts';

const folder = join(import.meta.dirname, '../../baselines');
const { positionals } = parseArgs({ allowPositionals: true });
const cases = await allCases();

async function record(server: ForeignServer): Promise<readonly CaseResult[]> {
  const { name, url } = server;
  const implementation = { project: name, url, version: await server.version() };
  const start = (): ReturnType<typeof startForeign> => startForeign((port, place) => server.command(port, place));
  const { results, document, recorded } = await runServer({ name, implementation, start }, cases, () => undefined);
  const file = `${name}-${implementation.version}`;
  const baseline = join(folder, `${file}.json`);
  const others = (await readdir(folder)).filter((one) => one.startsWith(`${name}-`) && !one.startsWith(`${file}.`));
  const previous = await readBaseline(join(folder, others.find((one) => one.endsWith('.json')) ?? `${file}.json`));
  await writeBaseline(baseline, baselineFrom(recorded, previous));
  await writeFile(join(folder, `${file}.md`), matrixMarkdown(document));
  for (const other of others) await rm(join(folder, other));
  const counted = ['pass', 'fail', 'blocked', 'skipped', 'error'].map((outcome) => {
    return `${String(results.filter((one) => one.outcome === outcome).length)} ${outcome}`;
  });
  process.stdout.write(`${file}: ${counted.join(', ')}\n`);
  return results;
}

const chosen = foreignServers.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const runs: (readonly CaseResult[])[] = [];
let isWhole = true;
for (const server of chosen) {
  try {
    runs.push(await record(server));
  } catch (error) {
    isWhole = false;
    process.stdout.write(`${server.name}: not run: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}

function failingOnAll(): string[] {
  const failures = runs.map((results) => new Map(results.map((one) => [one.id, one])));
  const ids = cases.map(({ id }) => id);
  return ids.filter((id) => failures.every((byId) => byId.get(id)?.outcome === 'fail'));
}

const suspects = runs.length > 1 ? failingOnAll() : [];
for (const id of suspects) {
  process.stdout.write(`fails on all of them: ${id}\n`);
  for (const results of runs) process.stdout.write(`  ${results.find((one) => one.id === id)?.detail ?? ''}\n`);
}
process.exitCode = isWhole ? 0 : 1;
