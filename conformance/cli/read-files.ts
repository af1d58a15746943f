import { readFile } from 'node:fs/promises';
import type { Baseline } from '../engine/baseline.ts';
import type { CaseTranscript } from '../engine/transcript.ts';
import { readBaseline } from '../reports/baseline-json.ts';
import { parseDocument } from '../reports/recorded-results.ts';
import type { ResultsDocument } from '../reports/results-document.ts';
import { parseTranscripts } from '../reports/transcripts-ndjson.ts';
import { CatalogueMismatch, UsageError } from './connection-options.ts';

/** @throws UsageError when the file cannot be read, CatalogueMismatch when it is of another version */
async function readOr<Read>(path: string, read: () => Promise<Read>): Promise<Read> {
  try {
    return await read();
  } catch (error) {
    const text = `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    throw error instanceof RangeError ? new CatalogueMismatch(text) : new UsageError(text);
  }
}

export function documentIn(path: string): Promise<ResultsDocument> {
  return readOr(path, async () => parseDocument(await readFile(path, 'utf8')));
}

export function transcriptsIn(path: string): Promise<CaseTranscript[]> {
  return readOr(path, async () => parseTranscripts(await readFile(path, 'utf8')));
}

export async function baselineIn(path: string): Promise<Baseline> {
  const baseline = await readOr(path, () => readBaseline(path));
  if (baseline !== undefined) return baseline;
  throw new UsageError(`${path} is not there: s3-conformance baseline update ${path} --from results.json makes it`);
}
