import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Manifest {
  readonly name?: string;
  readonly version?: string;
}

function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(path, 'utf8')) as Manifest;
}

/** The nearest package.json above this file that is the suite's own: one level up in the sources, two in the build. */
function suiteManifest(): Manifest {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const path = join(folder, 'package.json');
    const manifest = existsSync(path) ? readManifest(path) : {};
    if (manifest.name === 's3-conformance') return manifest;
    if (dirname(folder) === folder) return {};
    folder = dirname(folder);
  }
}

/** Folders above a module's main file hold its package.json, which `exports` may hide. */
function installedVersion(packageName: string): string {
  let folder = dirname(createRequire(import.meta.url).resolve(packageName));
  while (dirname(folder) !== folder) {
    const path = join(folder, 'package.json');
    const manifest = existsSync(path) ? readManifest(path) : {};
    if (manifest.name === packageName) return manifest.version ?? 'unknown';
    folder = dirname(folder);
  }
  return 'unknown';
}

/** What the results depend on besides the target. */
export interface Versions {
  readonly suite: string;
  readonly sdk: string;
  readonly node: string;
}

export function readVersions(): Versions {
  return {
    suite: suiteManifest().version ?? 'unknown',
    sdk: installedVersion('@aws-sdk/client-s3'),
    node: process.versions.node,
  };
}
