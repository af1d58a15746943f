// Completes package-lock.json after `npm install`, which leaves out the optional packages of other platforms where the
// registry does not have them; `npm ci` then refuses the lock. Also takes registry addresses out of it.
//   node scripts/complete-lock.mjs [--check] [FILE]      --check writes nothing, exit code 1 when there is work to do
import { readFileSync, writeFileSync } from 'node:fs';

const platforms = new Set([
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
]);
const processors = new Set([
  'arm',
  'arm64',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
]);

/** Where a dependency of the package at `from` resolves to, as Node looks it up; undefined when the lock lacks it. */
function resolvePackage(packages, from, name) {
  let folder = from;
  for (;;) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (packages[place] !== undefined) return place;
    if (folder === '') return undefined;
    const nested = folder.lastIndexOf('/node_modules/');
    folder = nested < 0 ? '' : folder.slice(0, nested);
  }
}

/** `@scope/name-linux-x64-musl` says for whom it is; so npm passes over it elsewhere, without asking the registry. */
function platformOf(name) {
  const words = name.split('/').at(-1).split('-');
  const os = words.find((word) => platforms.has(word));
  const cpu = words.find((word) => processors.has(word));
  if (os === undefined || cpu === undefined) throw new Error(`no platform in the name of ${name}: add it by hand`);
  const last = words.at(-1);
  const libc =
    os !== 'linux' ? undefined : last.startsWith('musl') ? 'musl' : last.startsWith('gnu') ? 'glibc' : undefined;
  return { cpu: [cpu], ...(libc && { libc: [libc] }), os: [os] };
}

function missingOptionals(packages) {
  const missing = {};
  for (const [from, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (resolvePackage(packages, from, name) !== undefined) continue;
      if (!/^\d+\.\d+\.\d+/.test(version))
        throw new Error(`${from} wants ${name}@${version}, which is not one version`);
      missing[`node_modules/${name}`] = {
        version,
        ...(entry.dev && { dev: true }),
        optional: true,
        ...platformOf(name),
      };
    }
  }
  return missing;
}

const args = process.argv.slice(2);
const check = args.includes('--check');
const file = args.find((arg) => !arg.startsWith('--')) ?? new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));

const missing = missingOptionals(lock.packages);
const addressed = Object.values(lock.packages).filter((entry) => /^[a-z+]+:\/\//.test(entry.resolved ?? ''));
for (const name of Object.keys(missing)) console.log(`${check ? 'missing' : 'added'} ${name}`);
if (addressed.length > 0) console.log(`${addressed.length} registry addresses ${check ? 'found' : 'removed'}`);

if (Object.keys(missing).length + addressed.length > 0) {
  if (check) process.exit(1);
  for (const entry of addressed) delete entry.resolved;
  const sorted = Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => a.localeCompare(b, 'en'));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
}
