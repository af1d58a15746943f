// Compiles the gateway to dist/ and the suite to conformance/dist/, both at once. Nothing is done for a project whose
// sources are as they were at its last build; one that has lost a source is built afresh, so that no output is stale.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
const projects = [
  { config: 'tsconfig.build.json', sources: 'src', output: 'dist' },
  { config: 'conformance/tsconfig.build.json', sources: 'conformance', output: 'conformance/dist' },
];

/** Path, time and size of everything that the output depends on. */
function stateOf({ config, sources }) {
  const found = readdirSync(join(root, sources), { recursive: true })
    .filter(
      (name) => /\.(?:ts|proto|css|client\.js)$/.test(name) && !/(^|\/)(dist|node_modules)\/|\.test\.ts$/.test(name),
    )
    .map((name) => join(sources, name));
  const paths = [config, 'tsconfig.json', 'package-lock.json', ...found];
  const stats = paths.map((path) => [path, statSync(join(root, path))]);
  return Object.fromEntries(stats.map(([path, { mtimeMs, size }]) => [path, `${mtimeMs} ${size}`]));
}

async function build(project) {
  const output = join(root, project.output);
  const stamp = join(output, '.built.json');
  const state = stateOf(project);
  const last = existsSync(stamp) ? JSON.parse(readFileSync(stamp, 'utf8')) : undefined;
  if (JSON.stringify(last) === JSON.stringify(state)) return 0;
  const hasLost = last !== undefined && Object.keys(last).some((path) => !(path in state));
  rmSync(hasLost ? output : stamp, { recursive: true, force: true });
  const code = await compile(project.config);
  if (code !== 0) return code;
  copyAssets(project);
  writeFileSync(stamp, JSON.stringify(state));
  return code;
}

/** They are read at run time, from beside the code that needs them. */
function copyAssets({ sources, output }) {
  const assets = readdirSync(join(root, sources), { recursive: true }).filter(
    (name) => /\.(?:proto|css|client\.js)$/.test(name) && !/(^|\/)(dist|node_modules)\//.test(name),
  );
  for (const name of assets) cpSync(join(root, sources, name), join(root, output, name));
}

const compile = (config) =>
  new Promise((done) => {
    spawn(process.execPath, [tsc, '-p', config], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).on(
      'close',
      done,
    );
  });

const codes = await Promise.all(projects.map(build));
process.exitCode = codes.every((code) => code === 0) ? 0 : 1;
