// `npm run matrix`: runs every case against the built gateway and writes docs/compat-matrix.md.
import { writeFile } from 'node:fs/promises';
import { allCases } from '../cli/select-cases.ts';
import { Progress } from '../cli/progress.ts';
import { runSuite } from '../engine/run-suite.ts';
import { Target } from '../engine/target.ts';
import { startGateway } from './gateway.ts';
import { matrixFile, renderMatrix } from './matrix-file.ts';

const gateway = await startGateway();
const target = new Target({ ...gateway.targetOptions, runId: 'matrix' });
try {
  const cases = await allCases();
  const progress = new Progress(process.stderr, cases.length);
  const results = await runSuite(cases, target, { concurrency: 16, onResult: progress.report.bind(progress) });
  progress.finish();
  await writeFile(matrixFile, renderMatrix(results));
  const passed = results.filter(({ outcome }) => outcome === 'pass').length;
  process.stdout.write(`${matrixFile}: ${String(passed)} of ${String(results.length)} cases pass\n`);
} finally {
  target.close();
  await gateway.stop();
}
