import type { ConformanceCase } from '../engine/define-case.ts';
import { loadCases } from '../engine/load-cases.ts';
import { casesOfProfile, filterCases } from '../engine/profiles.ts';
import { generatedProbes } from '../probes/plan.ts';

/** Hand-written cases and the probes generated for the operations that have none, in order of id. */
export async function allCases(): Promise<ConformanceCase[]> {
  const handWritten = await loadCases();
  return [...handWritten, ...generatedProbes(handWritten)].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

export interface Selection {
  readonly profile: string;
  readonly filter?: string;
}

/** @throws RangeError when no profile has the name */
export async function selectCases({ profile, filter }: Selection): Promise<ConformanceCase[]> {
  const selected = casesOfProfile(await allCases(), profile);
  return filter === undefined ? selected : filterCases(selected, filter);
}
