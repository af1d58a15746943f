import type { CaseTranscript } from '../engine/transcript.ts';

/** A line for each case that failed, in order of id. */
export function formatTranscripts(transcripts: readonly CaseTranscript[]): string {
  const sorted = transcripts.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return sorted.map((transcript) => `${JSON.stringify(transcript)}\n`).join('');
}

/** @throws SyntaxError when a line is no JSON */
export function parseTranscripts(text: string): CaseTranscript[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as CaseTranscript);
}
