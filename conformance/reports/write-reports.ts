import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Baseline } from '../engine/baseline.ts';
import type { CaseTranscript } from '../engine/transcript.ts';
import { badgeEndpoint, badgeSvg } from './badge.ts';
import { junitXml } from './junit-xml.ts';
import { matrixMarkdown } from './matrix-markdown.ts';
import { reportHtml } from './report-html.ts';
import { formatResults, type ResultsDocument } from './results-document.ts';
import { formatTranscripts } from './transcripts-ndjson.ts';

/** What all reports are made from. */
export interface ReportSources {
  readonly document: ResultsDocument;
  /** Of the cases that failed, were blocked or broke. */
  readonly transcripts: readonly CaseTranscript[];
  readonly baseline?: Baseline | undefined;
}

/** Every report but results.json by its file's name. */
export function renderedReports({ document, transcripts, baseline }: ReportSources): Record<string, string> {
  const badge = badgeEndpoint(document);
  return {
    'matrix.md': matrixMarkdown(document),
    'junit.xml': junitXml(document, baseline),
    'badge.svg': badgeSvg(badge),
    'badge.json': `${JSON.stringify(badge)}\n`,
    'report.html': reportHtml(document, transcripts, baseline),
  };
}

/** Writes them into the folder, which is made when it is not there. */
export async function writeReports(folder: string, sources: ReportSources): Promise<string[]> {
  const files = {
    'results.json': formatResults(sources.document),
    ...renderedReports(sources),
    'transcripts.ndjson': formatTranscripts(sources.transcripts),
  };
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return Object.keys(files);
}
