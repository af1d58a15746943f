import { shortened, type CaseTranscript, type TranscriptEntry } from '../engine/transcript.ts';

/** A transcript as the page has it. */
export interface FittedTranscript {
  readonly exchanges: readonly TranscriptEntry[];
  /** How many exchanges are not among them. */
  readonly left: number;
}

/** For all transcripts together: report.html stays below 3 MB, whatever fails. */
const totalBytes = 1_800_000;
/** However few cases fail, more than this of one is no help. */
const mostBytes = 24_000;

function sizeOf(value: unknown): number {
  // What is embedded has `<` as six characters.
  return Buffer.byteLength(JSON.stringify(value).replaceAll('<', '\\u003c'));
}

function shortHeaders(headers: Readonly<Record<string, string>>, characters: number): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, shortened(value, characters)]));
}

function cut(entry: TranscriptEntry, characters: number): TranscriptEntry {
  const { request, response } = entry;
  const body = (text: string | undefined): { body?: string } =>
    text === undefined ? {} : { body: shortened(text, characters) };
  const short = (headers: Readonly<Record<string, string>>): Record<string, string> =>
    shortHeaders(headers, characters);
  const target = shortened(request.target, characters);
  return {
    ...entry,
    request: { ...request, target, headers: short(request.headers), ...body(request.body) },
    ...(response === undefined
      ? {}
      : { response: { ...response, headers: short(response.headers), ...body(response.body) } }),
  };
}

/** Subjects first, then what came last: the set-up is what a reader needs least. */
function mostTelling(exchanges: readonly TranscriptEntry[], count: number): TranscriptEntry[] {
  const indexes = exchanges.map((_, index) => index);
  const rank = (index: number): number => (exchanges[index]?.role === 'subject' ? exchanges.length : 0) + index;
  const kept = new Set(indexes.toSorted((a, b) => rank(b) - rank(a)).slice(0, count));
  return exchanges.filter((_, index) => kept.has(index));
}

const attempts: readonly { readonly exchanges: number; readonly characters: number }[] = [
  { exchanges: 12, characters: 2_000 },
  { exchanges: 8, characters: 600 },
  { exchanges: 4, characters: 300 },
  { exchanges: 2, characters: 200 },
  { exchanges: 1, characters: 120 },
];

function fit({ exchanges }: CaseTranscript, bytes: number): FittedTranscript {
  for (const attempt of attempts) {
    const kept = mostTelling(exchanges, attempt.exchanges).map((entry) => cut(entry, attempt.characters));
    if (sizeOf(kept) <= bytes) return { exchanges: kept, left: exchanges.length - kept.length };
  }
  return { exchanges: [], left: exchanges.length };
}

/** The transcripts by case, each cut to its share of what the page may hold. */
export function fitTranscripts(transcripts: readonly CaseTranscript[]): Record<string, FittedTranscript> {
  const share = Math.min(mostBytes, totalBytes / Math.max(1, transcripts.length));
  const sorted = transcripts.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return Object.fromEntries(sorted.map((transcript) => [transcript.id, fit(transcript, share)]));
}
