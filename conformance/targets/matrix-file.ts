import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { allCases } from '../cli/select-cases.ts';
import { readBaseline } from '../reports/baseline-json.ts';
import { comparisonMarkdown, type ComparedServer } from '../reports/comparison-markdown.ts';
import { knownServers } from './known-servers.ts';

/** The committed matrix: a function of the baselines alone, each of which is held against its server by that server's tests. */
export const matrixFile = join(import.meta.dirname, '../../docs/compat-matrix.md');

export async function renderMatrix(): Promise<string> {
  const servers: ComparedServer[] = [];
  for (const { name, baselineFile } of Object.values(knownServers)) {
    const baseline = await readBaseline(baselineFile);
    if (baseline !== undefined) servers.push({ name, baseline });
  }
  return comparisonMarkdown(servers, await allCases());
}

export async function readMatrix(): Promise<string> {
  return readFile(matrixFile, 'utf8').catch(() => '');
}
