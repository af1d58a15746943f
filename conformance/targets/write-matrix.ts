// `npm run matrix`: runs every case against the built gateway on its local store, and writes what came of it to its
// baseline and to docs/compat-matrix.md. `npm run matrix -- ozone reference` does so for these instead; they need an Ozone:
// OZONE_CONF_DIR and OZONE_REFERENCE_ENDPOINT. `--reason TEXT` is the reason of gaps that have none yet; `--from-baselines`
// runs nothing, as after a reason was edited.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Progress } from '../cli/progress.ts';
import { allCases } from '../cli/select-cases.ts';
import { compareWithBaseline, gapsOf } from '../engine/baseline.ts';
import { readBaseline, writeBaseline } from '../reports/baseline-json.ts';
import { baselineFrom, observedIn } from '../reports/recorded-results.ts';
import { knownServers, type KnownServer } from './known-servers.ts';
import { matrixFile, renderMatrix } from './matrix-file.ts';
import { runServer } from './run-server.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { reason: { type: 'string' }, 'from-baselines': { type: 'boolean', default: false } },
});

async function record(server: KnownServer): Promise<void> {
  const cases = await allCases();
  const progress = new Progress(process.stderr, cases.length);
  const { recorded } = await runServer(server, cases, progress.report.bind(progress));
  progress.finish();
  const previous = await readBaseline(server.baselineFile);
  const baseline = baselineFrom(recorded, previous, values.reason);
  const drifts = previous === undefined ? [] : compareWithBaseline(previous, observedIn(recorded));
  for (const { id, kind, text } of drifts) process.stdout.write(`${kind}: ${id}: ${text}\n`);
  await writeBaseline(server.baselineFile, baseline);
  const gaps = gapsOf(baseline);
  const passed = recorded.cases.filter(({ outcome }) => outcome === 'pass').length;
  const unexplained = server.isOurs ? gaps.filter(([, { reason }]) => reason === undefined) : [];
  for (const [id] of unexplained) process.stdout.write(`needs a reason in ${server.baselineFile}: ${id}\n`);
  process.stdout.write(`${server.name}: ${passed} of ${recorded.cases.length} cases pass, ${gaps.length} gaps\n`);
}

const names = values['from-baselines'] ? [] : positionals.length === 0 ? ['local'] : positionals;
for (const name of names) {
  const server = (knownServers as Readonly<Record<string, KnownServer>>)[name];
  if (server === undefined) throw new Error(`no server ${name}; there are ${Object.keys(knownServers).join(', ')}`);
  await record(server);
}
await writeFile(matrixFile, await renderMatrix());
process.stdout.write(`${matrixFile} is written\n`);
