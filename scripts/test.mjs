// Everything that proves the product on this machine: `npm test`, or some parts of it: `npm test -- unit lint`.
// Ends with a line `N passed, N failed` over all tests; a part without tests of its own that fails counts as one.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);
const reports = mkdtempSync(join(tmpdir(), 'ozone-s3g-test-'));
const nodeFlags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const inModules = (path) => join(root, 'node_modules', path);

/** Runs to the end with this process's output; resolves to the exit code. */
function run(args) {
  return new Promise((done) => {
    spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).on('close', (code) =>
      done(code ?? 1),
    );
  });
}

async function command(...args) {
  const code = await run(args);
  return { passed: 0, failed: code === 0 ? 0 : 1, ok: code === 0 };
}

const jest = (project, ...options) => jestThrough([], project, ...options);

/** `launcher` is what Node is to run instead, which then runs the command that follows. */
async function jestThrough(launcher, project, ...options) {
  const report = join(reports, `${project}.json`);
  const args = [inModules('jest/bin/jest.js'), `--selectProjects=${project}`, '--json', `--outputFile=${report}`];
  const code = await run([...launcher, ...nodeFlags, ...args, ...options]);
  if (!existsSync(report)) return { passed: 0, failed: 1, ok: false };
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, numPendingTests } = JSON.parse(
    readFileSync(report),
  );
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  if (numPendingTests > 0) notRun.push(`${numPendingTests} tests of ${project} that are marked as skipped`);
  return {
    passed: numPassedTests,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    ok: code === 0 && numPassedTests > 0,
  };
}

const isOnCluster = (file) => file.endsWith('.cluster.test.ts');

/** Options of jest that leave out the tests in test/ that need what is not here: `@needs PROGRAM python3:MODULE …` stands in them. */
function leavingOutTestsWithoutTheirProgram(isOfProject) {
  const has = (need) => {
    const [program, module] = need.split(':');
    const probe =
      module === undefined ? ['sh', ['-c', `command -v ${program}`]] : [program, ['-c', `import ${module}`]];
    return spawnSync(...probe).status === 0;
  };
  const left = [];
  const files = readdirSync(join(root, 'test'), { recursive: true }).filter((name) => name.endsWith('.test.ts'));
  for (const file of files.filter(isOfProject)) {
    const needs =
      /@needs ([\w: -]+)/
        .exec(readFileSync(join(root, 'test', file), 'utf8'))?.[1]
        ?.trim()
        .split(/\s+/) ?? [];
    const missing = needs.filter((program) => !has(program));
    if (missing.length === 0) continue;
    left.push(file);
    notRun.push(`test/${file} (no ${missing.join(', ')} here)`);
  }
  // In the place of the patterns that the project has in jest.config.ts.
  const others = files.filter((file) => !isOfProject(file)).map(pathPattern);
  return left.length > 0 ? ['--testPathIgnorePatterns', '/node_modules/', ...others, ...left.map(pathPattern)] : [];
}

const pathPattern = (file) => `<rootDir>/test/${file.replaceAll('.', '\\.')}`;

const onCluster = [inModules('tsx/dist/cli.mjs'), 'conformance/targets/ozone-cluster/on-cluster.ts'];

/** On the Ozone that OZONE_CONF_DIR and OZONE_REFERENCE_ENDPOINT name, else on one that is started for it, else not at all. */
function clusterTests() {
  const options = ['--runInBand', ...leavingOutTestsWithoutTheirProgram(isOnCluster)];
  if (process.env.OZONE_CONF_DIR) return jest('cluster', ...options);
  const check = spawnSync(process.execPath, [...onCluster, '--check'], { cwd: root, encoding: 'utf8' });
  if (check.status === 0) return jestThrough([...onCluster, '--', process.execPath], 'cluster', ...options);
  ozoneNotRun = `the tests on a real Ozone (${check.stderr.trim()})`;
  return { passed: 0, failed: 0, ok: true };
}

const notRun = [];
let ozoneNotRun;
const parts = {
  typecheck: () => command(inModules('typescript/bin/tsc'), '-p', 'tsconfig.json', '--noEmit'),
  lint: () => command(inModules('eslint/bin/eslint.js'), '.'),
  format: () => command(inModules('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.'),
  unit: () => jest('unit', '--maxWorkers=2'),
  build: () => command('scripts/build.mjs'),
  conformance: () => jest('conformance'),
  system: () => jest('system', '--runInBand', ...leavingOutTestsWithoutTheirProgram((file) => !isOnCluster(file))),
  cluster: clusterTests,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`no part ${unknown.join(', ')}; the parts are ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}

const summary = [];
for (const name of Object.keys(parts).filter((part) => asked.length === 0 || asked.includes(part))) {
  console.log(`\n== ${name}`);
  const start = performance.now();
  summary.push({ name, ...(await parts[name]()), seconds: (performance.now() - start) / 1000 });
}
rmSync(reports, { recursive: true });

console.log('');
for (const { name, passed, failed, ok, seconds } of summary) {
  const counts = passed + failed > 0 ? `  ${passed} passed, ${failed} failed` : '';
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name.padEnd(12)}${seconds.toFixed(1).padStart(7)} s${counts}`);
}
if (notRun.length > 0) console.log(`Not run: ${notRun.join('; ')}`);
if (ozoneNotRun !== undefined) console.log(`Not run: ${ozoneNotRun}`);
const demands = [
  { variable: 'CI=true', isBroken: process.env.CI === 'true' && notRun.length > 0 },
  { variable: 'REQUIRE_OZONE=1', isBroken: process.env.REQUIRE_OZONE === '1' && ozoneNotRun !== undefined },
];
const broken = demands.filter(({ isBroken }) => isBroken);
for (const { variable } of broken) console.log(`With ${variable}, that is a failure.`);
const sum = (key) => summary.reduce((total, part) => total + part[key], 0);
console.log(`${sum('passed')} passed, ${sum('failed') + broken.length} failed`);
process.exitCode = summary.every((part) => part.ok) && broken.length === 0 ? 0 : 1;
