import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaseResult } from '../engine/outcome.ts';
import { matrixMarkdown } from '../reports/matrix-markdown.ts';
import { readVersions } from '../reports/versions.ts';

/** The committed matrix of this repository's gateway on its local store. */
export const matrixFile = join(import.meta.dirname, '../../docs/compat-matrix.md');

export function renderMatrix(results: readonly CaseResult[]): string {
  return matrixMarkdown({
    results,
    implementation: { project: 'ozone-s3g on its local store' },
    versions: readVersions(),
  });
}

export async function readMatrix(): Promise<string> {
  return readFile(matrixFile, 'utf8').catch(() => '');
}
