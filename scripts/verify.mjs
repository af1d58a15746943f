// The proofs that are too long for CI, each with its figures: `npm run verify` lists them, `npm run verify -- memory`
// runs one, `npm run verify -- all` every one.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);
const scratch = mkdtempSync(join(tmpdir(), 'ozone-s3g-verify-'));
const nodeFlags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const keys = { access: 'verifyaccess', secret: 'verifysecretkey' };

/** Runs to the end with this process's output; true when it went well. */
function run(program, args, env = {}) {
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((done) => child.on('close', (code) => done(code === 0)));
}

const systemTest = (pattern, env) =>
  run(process.execPath, [...nodeFlags, 'node_modules/jest/bin/jest.js', '--selectProjects=system', '--', pattern], env);

/** Tests by jest on a cluster of Ozone that is started for them. */
const onCluster = (env, pattern) => {
  const cluster = ['node_modules/tsx/dist/cli.mjs', 'conformance/targets/ozone-cluster/on-cluster.ts', '--'];
  const jest = [...nodeFlags, 'node_modules/jest/bin/jest.js', '--selectProjects=verified-on-ozone'];
  return run(process.execPath, [...cluster, process.execPath, ...jest, `--testPathPatterns=${pattern}`], env);
};

/** Starts a server, gives its endpoint to `use`, and stops it. `ready` is what it prints. */
async function withServer({ program, args, env = {}, ready }, use) {
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const exited = new Promise((done) => child.on('close', done));
  try {
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (printed += text));
    for (let waited = 0; ; waited += 1) {
      if (child.exitCode !== null || waited > 300) throw new Error(`${program} does not start`);
      const found = ready.exec(printed);
      if (found) return await use(found[1]);
      await new Promise((done) => setTimeout(done, 100));
    }
  } finally {
    child.kill();
    await exited;
  }
}

const gateway = (data) => ({
  program: process.execPath,
  args: ['bin/ozone-s3g.js', 'serve', '--data', data, '--workers', '2', '--log-level', 'error'].concat([
    '--http-address',
    '127.0.0.1:0',
    '--admin-address',
    '127.0.0.1:0',
  ]),
  env: { OZONE_S3G_ACCESS_KEY: keys.access, OZONE_S3G_SECRET_KEY: keys.secret },
  ready: /S3 listening on (\S+)/,
});

/** Runs the suite; resolves to its results, undefined when it could not run. */
async function suite(endpoint, out, ...options) {
  const args = [
    'conformance/bin/s3-conformance.js',
    'run',
    '--endpoint',
    endpoint,
    '--out',
    out,
    '--report-only',
    '--retries',
    '0',
  ];
  await run(process.execPath, [...args, '--access-key', keys.access, '--secret-key', keys.secret, ...options]);
  const file = join(out, 'results.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

const tally = (values) =>
  Object.entries(values.reduce((counts, value) => ({ ...counts, [value]: (counts[value] ?? 0) + 1 }), {}))
    .map(([value, count]) => `${count} ${value}`)
    .join(', ');
const verdictsOf = (results) => results.operations.map(({ operation, verdict }) => `${operation} ${verdict}`).sort();

/** Verdicts must not depend on the order of the cases, nor on how many run at once. */
async function shuffledConformance() {
  const seen = [];
  for (const concurrency of ['1', '16', '64']) {
    const data = join(scratch, `shuffled-${concurrency}`);
    const results = await withServer(gateway(data), (endpoint) =>
      suite(endpoint, `${data}-out`, '--concurrency', concurrency, '--shuffle', String(seen.length + 1)),
    );
    if (results === undefined) return false;
    console.log(`concurrency ${concurrency}: ${tally(results.cases.map(({ outcome }) => outcome))}`);
    seen.push(verdictsOf(results).join('\n'));
  }
  const same = seen.every((verdicts) => verdicts === seen[0]);
  console.log(same ? 'the verdicts are the same in all three' : 'the verdicts differ');
  return same;
}

const proofs = {
  memory: [
    'a worker under 250 MB with a 5 GiB object, under 400 MB with 200 uploads',
    () => systemTest('test/memory', { LARGE_OBJECT_MIB: '5120' }),
  ],
  crash: ['20 rounds of kill -9 under 64 writers', () => systemTest('test/crash')],
  races: ['100 rounds of 50 conditional writes of one key, two workers', () => systemTest('test/races')],
  'disk-full': ['507, reads and deletes go on, nothing is corrupted', () => systemTest('test/disk-full')],
  durability: ['a trace of system calls: synced before the answer', () => systemTest('test/durability')],
  clients: ['AWS CLI, boto3, s3cmd, rclone', () => systemTest('test/clients')],
  start: ['from the command to the first answer', () => systemTest('test/start')],
  shuffled: ['the suite in three orders, at concurrency 1, 16 and 64: the same verdicts', shuffledConformance],
  foreign: [
    'the suite against versitygw, MinIO, moto and gofakes3; keeps their baselines and matrices',
    () => run(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'conformance/targets/foreign/main.ts']),
  ],
  null: [
    'servers that do nothing: no case passes, no operation reads supported',
    () =>
      run(process.execPath, [
        ...nodeFlags,
        'node_modules/jest/bin/jest.js',
        '--selectProjects=unit',
        '--',
        'conformance/self-test',
      ]),
  ],
  mutants: [
    'servers with one defect each: a case that names it fails; writes docs/mutants.md',
    () => run(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'conformance/self-test/mutants/main.ts']),
  ],
  reference: [
    "the suite against Ozone's own gateway, on a cluster that is started: what its baseline says",
    () => onCluster({}, 'conformance/reference'),
  ],
  'ozone-memory': [
    'a worker under 300 MB with a 5 GiB object on Ozone, and with 100 slow readers',
    () => onCluster({ LARGE_OBJECT_MIB: '5120' }, 'test/ozone/memory'),
  ],
  'ozone-bench': [
    "speed on Ozone, beside Ozone's own gateway",
    () => run(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'bench/main.ts', '--ozone']),
  ],
  bench: [
    'speed, beside the peers that `npm run bench:peers` has built',
    () => run(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'bench/main.ts']),
  ],
};

const asked = process.argv.slice(2).filter((arg) => !arg.startsWith('-'));
const chosen = asked.includes('all') ? Object.keys(proofs) : asked;
const unknown = chosen.filter((name) => !(name in proofs));
if (chosen.length === 0 || unknown.length > 0) {
  if (unknown.length > 0) console.error(`no proof ${unknown.join(', ')}`);
  console.log('npm run verify -- NAME …, or all; run alone on a quiet machine:');
  for (const [name, [what]] of Object.entries(proofs)) console.log(`  ${name.padEnd(14)}${what}`);
  process.exitCode = unknown.length > 0 ? 2 : 0;
} else {
  const failed = (await run(process.execPath, ['scripts/build.mjs'])) ? [] : ['build'];
  for (const name of failed.length > 0 ? [] : chosen) {
    console.log(`\n== ${name}: ${proofs[name][0]}`);
    const start = performance.now();
    const ok = await proofs[name][1]().catch((error) => console.error(error.message));
    console.log(`${ok ? 'ok' : 'FAILED'} ${name}, ${((performance.now() - start) / 1000).toFixed(1)} s`);
    if (!ok) failed.push(name);
  }
  if (failed.length > 0) console.log(`\nfailed: ${failed.join(', ')}`);
  process.exitCode = failed.length > 0 ? 1 : 0;
}
rmSync(scratch, { recursive: true });
