import { readFile, writeFile } from 'node:fs/promises';
import type { Baseline } from '../engine/baseline.ts';
import { schemaVersion } from './results-json.ts';

/** One line for each case, so that a change of one shows as one line. */
export function formatBaseline(baseline: Baseline): string {
  const { cases, inputMembersSent, outputMembersAsserted, ...head } = baseline;
  const lines = [
    ...Object.entries(head).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`),
    `"inputMembersSent": ${block(inputMembersSent)}`,
    ...(outputMembersAsserted === undefined ? [] : [`"outputMembersAsserted": ${block(outputMembersAsserted)}`]),
    `"cases": ${block(cases)}`,
  ];
  return `{\n  ${lines.join(',\n  ')}\n}\n`;
}

function block(entries: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(entries).map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n  }`;
}

/** @throws RangeError when the text is no baseline of this version of the suite */
export function parseBaseline(text: string): Baseline {
  const parsed = JSON.parse(text) as Partial<Baseline>;
  if (parsed.schemaVersion !== schemaVersion || parsed.cases === undefined) {
    throw new RangeError(`no baseline of schema version ${String(schemaVersion)}`);
  }
  return parsed as Baseline;
}

/** Undefined when there is no such file. */
export async function readBaseline(path: string): Promise<Baseline | undefined> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? undefined : parseBaseline(text);
}

export async function writeBaseline(path: string, baseline: Baseline): Promise<void> {
  await writeFile(path, formatBaseline(baseline));
}
