import { readFileSync } from 'node:fs';
import type { Baseline } from '../engine/baseline.ts';
import { outcomes } from '../engine/outcome.ts';
import type { CaseTranscript } from '../engine/transcript.ts';
import { verdicts } from '../engine/verdict.ts';
import { implementationName, type ResultsDocument } from './results-document.ts';
import { fitTranscripts } from './transcript-budget.ts';

const asset = (name: string): string => readFileSync(new URL(`./page/${name}`, import.meta.url), 'utf8');

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** JSON that cannot end the element it stands in. */
function embedded(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function figure(name: string, value: string): string {
  return `<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function header(document: ResultsDocument): string {
  const { suite, sdk, node, startedAt, durationMs, interrupted, selection, summary } = document;
  const name = implementationName(document);
  const when = `${startedAt.slice(0, 16).replace('T', ' ')} UTC, ${String(Math.round(durationMs / 1000))} s`;
  const filter = selection.filter === null ? '' : `, filter ${selection.filter}`;
  const what = `profile ${selection.profile}${filter}${interrupted ? ', interrupted' : ''}`;
  const versions = `s3-conformance ${suite.version}, AWS SDK ${sdk.version}, Node ${node}`;
  const parts = verdicts.filter((verdict) => summary.verdicts[verdict] > 0);
  const counted = outcomes.filter((outcome) => summary.outcomes[outcome] > 0);
  const share = (count: number): string => `flex: ${String(count)} 0 0`;
  return `<header>
<h1>S3 compatibility${name === '' ? '' : `: ${escaped(name)}`}</h1>
<p class="facts">${escaped([when, what, versions].join(' · '))}</p>
<dl class="figures">
${figure('cases', String(summary.cases))}
${counted.map((outcome) => figure(outcome, String(summary.outcomes[outcome]))).join('\n')}
</dl>
<div class="bar" aria-hidden="true">${parts.map((verdict) => `<span class="${verdict}" style="${share(summary.verdicts[verdict])}"></span>`).join('')}</div>
<ul class="legend" aria-label="Operations by verdict">
${parts.map((verdict) => `<li class="${verdict}">${String(summary.verdicts[verdict])} ${verdict}</li>`).join('\n')}
</ul>
</header>`;
}

function select(id: string, label: string): string {
  return `<div><label for="${id}">${label}</label><select id="${id}"><option value="">all</option></select></div>`;
}

const filters = `<form id="filters" role="search">
<div class="search"><label for="search">Search ids, titles and details</label><input id="search" type="search" autocomplete="off"></div>
${select('verdict', 'Verdict')}
${select('outcome', 'Outcome')}
${select('cause', 'Cause')}
${select('operation', 'Operation')}
${select('client', 'Client')}
<button type="reset">Show all</button>
</form>`;

/** Reasons of the gaps that the baseline knows. */
function reasonsIn(baseline: Baseline | undefined): Record<string, string> {
  const known = Object.entries(baseline?.cases ?? {}).flatMap(([id, { reason }]) =>
    reason === undefined ? [] : [[id, reason] as const],
  );
  return Object.fromEntries(known);
}

/** One page that needs no network and no server: the results as JSON, and a script that shows them. */
export function reportHtml(
  document: ResultsDocument,
  transcripts: readonly CaseTranscript[],
  baseline?: Baseline,
): string {
  const data = { results: document, transcripts: fitTranscripts(transcripts), reasons: reasonsIn(baseline) };
  const name = implementationName(document);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>S3 compatibility${name === '' ? '' : `: ${escaped(name)}`}</title>
<style>
${asset('report.css')}${asset('list.css')}</style>
</head>
<body>
${header(document)}
<main>
${filters}
<p id="count" role="status"></p>
<div id="list"></div>
<noscript><p>The list of cases needs JavaScript; matrix.md says the same without.</p></noscript>
<footer>Keys: <kbd>/</kbd> search, <kbd>j</kbd> and <kbd>k</kbd> next and previous, <kbd>Enter</kbd> open, <kbd>Esc</kbd> show all.
Keys, signatures and the server's host are left out.</footer>
</main>
<script type="application/json" id="data">${embedded(data)}</script>
<script type="module">
${asset('report.client.js')}</script>
</body>
</html>
`;
}
