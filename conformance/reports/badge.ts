import type { ResultsDocument } from './results-document.ts';

/** What shields.io draws a badge from: https://shields.io/badges/endpoint-badge */
export interface BadgeEndpoint {
  readonly schemaVersion: 1;
  readonly label: string;
  readonly message: string;
  readonly color: string;
}

const green = '#2e7d32';
const yellow = '#9a6700';
const red = '#b3261e';
const grey = '#5f6368';

/** Core cases passed of those executed; red when anything was harmful or less than nine in ten pass. */
export function badgeEndpoint({ cases, operations }: Pick<ResultsDocument, 'cases' | 'operations'>): BadgeEndpoint {
  const executed = cases.filter(({ level, outcome }) => level === 'core' && (outcome === 'pass' || outcome === 'fail'));
  const passed = executed.filter(({ outcome }) => outcome === 'pass').length;
  const label = 'S3 conformance';
  if (executed.length === 0) return { schemaVersion: 1, label, message: 'untested', color: grey };
  const isHarmful = operations.some(({ harmful }) => harmful);
  const message = `core ${String(passed)}/${String(executed.length)}${isHarmful ? ', harmful' : ''}`;
  const color = isHarmful || passed < executed.length * 0.9 ? red : passed < executed.length ? yellow : green;
  return { schemaVersion: 1, label, message, color };
}

/** Verdana 11 is about 6.6 px a character; textLength makes other fonts fit. */
const characterPx = 6.6;
const paddingPx = 12;

/** The same as a picture of its own: no font or picture is fetched. */
export function badgeSvg({ label, message, color }: BadgeEndpoint): string {
  const [left, right] = [label, message].map((text) => Math.round(text.length * characterPx) + paddingPx) as [
    number,
    number,
  ];
  const text = (words: string, x: number, width: number): string =>
    `<text x="${String(x + width / 2)}" y="14" textLength="${String(width - paddingPx)}">${words}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${String(left + right)}" height="20" role="img" aria-label="${label}: ${message}">
<title>${label}: ${message}</title>
<clipPath id="r"><rect width="${String(left + right)}" height="20" rx="3"/></clipPath>
<g clip-path="url(#r)"><rect width="${String(left)}" height="20" fill="#444"/><rect x="${String(left)}" width="${String(right)}" height="20" fill="${color}"/></g>
<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">
${text(label, 0, left)}
${text(message, left, right)}
</g>
</svg>
`;
}
