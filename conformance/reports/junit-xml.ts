import type { Baseline } from '../engine/baseline.ts';
import { driftOf, expectationOf } from '../engine/baseline.ts';
import { areaOf } from './areas.ts';
import { observedOf } from './recorded-results.ts';
import type { CaseEntry, ResultsDocument } from './results-document.ts';

// XML 1.0 cannot hold these at all, not even escaped.
// eslint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/gu;

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text
    .replace(unprintable, '\ufffd')
    .replace(/[&<>"]/g, (char) => entities[char] ?? char)
    .replaceAll('\n', '&#10;');
}

type Element = 'failure' | 'error' | 'skipped' | undefined;

interface Judged {
  readonly entry: CaseEntry;
  readonly element: Element;
  readonly message: string;
}

function judged(entry: CaseEntry, baseline: Baseline | undefined): Judged {
  const { outcome, cause, detail } = entry;
  const observed = observedOf(entry);
  const expected = baseline === undefined ? undefined : expectationOf(baseline, entry.id, observed);
  const isKnown = expected !== undefined && driftOf(entry.id, expected, observed) === undefined;
  const what = `${outcome}${cause === null ? '' : ` (${cause})`}: ${detail ?? ''}`;
  if (outcome === 'pass') return { entry, element: undefined, message: '' };
  if (outcome === 'skipped') return { entry, element: 'skipped', message: detail ?? 'a capability is missing' };
  if (isKnown) return { entry, element: 'skipped', message: `known gap: ${expected.reason ?? 'no reason given'}` };
  return { entry, element: outcome === 'fail' ? 'failure' : 'error', message: what };
}

function testcase({ entry, element, message }: Judged): string {
  const { id, operation, cause, outcome, durationMs, title, reference } = entry;
  const classname = `${areaOf(operation)}.${operation}`;
  const head = `<testcase classname="${classname}" name="${escaped(id)}" time="${(durationMs / 1000).toFixed(3)}"`;
  if (element === undefined) return `    ${head}/>`;
  const type = element === 'skipped' ? '' : ` type="${escaped(cause ?? outcome)}"`;
  const text = element === 'skipped' ? '' : escaped([title, reference].filter((part) => part !== null).join('\n'));
  return `    ${head}><${element} message="${escaped(message)}"${type}>${text}</${element}></testcase>`;
}

function counts(cases: readonly Judged[]): string {
  const count = (element: Element): string => String(cases.filter((one) => one.element === element).length);
  const seconds = cases.reduce((sum, { entry }) => sum + entry.durationMs, 0) / 1000;
  return (
    `tests="${String(cases.length)}" failures="${count('failure')}" errors="${count('error')}" ` +
    `skipped="${count('skipped')}" time="${seconds.toFixed(3)}"`
  );
}

/**
 * JUnit's XML: a suite for each operation, class names `area.Operation`. A wrong answer is a failure, a case that was
 * blocked or broke is an error, and a failure that the baseline knows is skipped, with its reason.
 */
export function junitXml(document: ResultsDocument, baseline?: Baseline): string {
  const all = document.cases.map((entry) => judged(entry, baseline));
  const operations = [...new Set(document.cases.map(({ operation }) => operation))].sort();
  const suites = operations.map((operation) => {
    const own = all.filter(({ entry }) => entry.operation === operation);
    const head = `<testsuite name="${areaOf(operation)}.${operation}" ${counts(own)}>`;
    return `  ${head}\n${own.map(testcase).join('\n')}\n  </testsuite>`;
  });
  const root = `<testsuites name="s3-conformance" ${counts(all)}>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n${suites.join('\n')}\n</testsuites>\n`;
}
