import { execFile, spawn } from 'node:child_process';
import { access, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Where `npm run bench:peers` puts them too. */
const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'ozone-s3g-bench', 'bin');

/** A program of the Go module proxy. */
export interface GoProgram {
  readonly name: string;
  /** Import path of its main package, and the version that is built when there is none yet. */
  readonly package: string;
  readonly version: string;
}

export const pathOf = ({ name }: GoProgram): string => join(folder, name);

/**
 * Builds it, some minutes, when it is not there.
 * @returns the version that is there: of a pseudo-version its date
 */
export async function builtVersion(program: GoProgram): Promise<string> {
  const isBuilt = await access(pathOf(program)).then(
    () => true,
    () => false,
  );
  if (!isBuilt) await build(program);
  const { stdout } = await promisify(execFile)('go', ['version', '-m', pathOf(program)]);
  const version = /^\tmod\t\S+\t(\S+)/m.exec(stdout)?.[1] ?? program.version;
  return /-(\d{8})\d{6}-[0-9a-f]{12}$/.exec(version)?.[1] ?? version.replace(/^v/, '');
}

async function build({ package: path, version }: GoProgram): Promise<void> {
  await mkdir(folder, { recursive: true });
  const env = { ...process.env, GOBIN: folder };
  const child = spawn('go', ['install', `${path}@${version}`], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  if (code !== 0) throw new Error(`go install ${path}@${version} ended with ${String(code)}`);
}
