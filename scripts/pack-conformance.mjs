// Builds the suite and packs it: `npm run pack:conformance [-- FOLDER]`; prints the tarball's path.
// Refuses to leave a tarball that lacks its program or carries sources.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = dirname(import.meta.dirname);
const destination = resolve(process.argv[2] ?? root);
const run = (program, ...args) =>
  execFileSync(program, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

run(process.execPath, 'scripts/build.mjs');
mkdirSync(destination, { recursive: true });
const licence = join(root, 'conformance/LICENSE');
copyFileSync(join(root, 'LICENSE'), licence);
const [{ filename, files, size }] = JSON.parse(
  run('npm', 'pack', '--silent', '--json', '--workspace=conformance', `--pack-destination=${destination}`),
);
rmSync(licence);

const tarball = join(destination, filename);
const paths = files.map((file) => file.path);
const wanted = ['package.json', 'README.md', 'LICENSE', 'bin/s3-conformance.js'];
const missing = wanted.filter((path) => !paths.includes(path));
const stray = paths.filter((path) => !wanted.includes(path) && !/^dist\/[^.].*(?<!\.test)\.(js|json|css)$/.test(path));
if (missing.length + stray.length > 0 || !paths.some((path) => path.startsWith('dist/'))) {
  rmSync(tarball);
  throw new Error(`the tarball lacks [${missing}] and has no use for [${stray}]`);
}
console.log(`${tarball} (${paths.length} files, ${Math.ceil(size / 1024)} KiB)`);
