import type { ConformanceCase } from './define-case.ts';
import { globToPattern } from './glob.ts';
import type { Level } from './outcome.ts';

/** Profiles by level; any other name is a client's: the cases that name it in `clients`. */
export const levelProfiles: Readonly<Record<string, readonly Level[]>> = {
  core: ['core'],
  extended: ['core', 'extended'],
  full: ['core', 'extended', 'optional'],
};

const smokeCases = 60;

/** The most telling core cases: critical ones first, spread over the operations. */
function smoke(cases: readonly ConformanceCase[]): ConformanceCase[] {
  const candidates = cases.filter((one) => one.level === 'core' && one.severity === 'critical' && !one.probe);
  const turns = new Map<string, number>();
  const ranked = candidates.map((one) => {
    const turn = turns.get(one.operation) ?? 0;
    turns.set(one.operation, turn + 1);
    return { one, turn };
  });
  return ranked
    .toSorted((a, b) => a.turn - b.turn)
    .slice(0, smokeCases)
    .map(({ one }) => one);
}

export function profileNames(cases: readonly ConformanceCase[]): string[] {
  const clients = new Set(cases.flatMap((one) => one.clients));
  return [...Object.keys(levelProfiles), 'smoke', ...[...clients].sort()];
}

/** @throws RangeError when no profile has the name */
export function casesOfProfile(cases: readonly ConformanceCase[], profile: string): ConformanceCase[] {
  if (profile === 'smoke') return smoke(cases);
  const levels = levelProfiles[profile];
  const selected = cases.filter((one) => levels?.includes(one.level) ?? one.clients.includes(profile));
  if (levels === undefined && selected.length === 0) {
    throw new RangeError(`no profile "${profile}"; there are: ${profileNames(cases).join(', ')}`);
  }
  return selected;
}

/** Terms separated by commas; each is an id, an operation, a feature, a level or a client, `*` and `?` allowed. */
export function filterCases(cases: readonly ConformanceCase[], filter: string): ConformanceCase[] {
  const patterns = filter.split(',').map((term) => globToPattern(term.trim()));
  return cases.filter(({ id, operation, feature, level, clients }) =>
    [id, operation, feature, level, ...clients].some((text) => patterns.some((pattern) => pattern.test(text))),
  );
}
