import { afterAll, describe, expect, test } from '@jest/globals';
import { allCases } from '../cli/select-cases.ts';
import { driftOf, type Expectation } from '../engine/baseline.ts';
import type { CaseResult } from '../engine/outcome.ts';
import { readBaseline } from '../reports/baseline-json.ts';
import { readVersions } from '../reports/versions.ts';
import { runServer, type RunnableServer } from './run-server.ts';

const timeoutMs = 900_000;

/**
 * Runs all cases against the server, and is a test for each: that it came to what the baseline says, a known gap included.
 * A known gap that is closed fails too, until the baseline knows. Without a baseline every case has to pass, but for those
 * that want a capability.
 */
export async function describeServer(server: RunnableServer, baselineFile?: string): Promise<void> {
  const cases = await allCases();
  const baseline = baselineFile === undefined ? undefined : await readBaseline(baselineFile);
  const expected = baseline?.cases ?? {};
  const ids = [...new Set([...cases.map(({ id }) => id), ...Object.keys(expected)])].sort();

  const arrived = new Map<string, (result: CaseResult | undefined) => void>();
  const resultOf = new Map(
    ids.map((id) => [id, new Promise<CaseResult | undefined>((resolve) => arrived.set(id, resolve))] as const),
  );
  // The engine paces the run by itself; each test waits for its own result.
  const everything = runServer(server, cases, (result) => arrived.get(result.id)?.(result)).finally(() => {
    for (const settle of arrived.values()) settle(undefined);
  });
  const complaint = (id: string, result: CaseResult | undefined): string => {
    const drift = driftOf(id, expected[id], result);
    const isFine = drift === undefined || (baselineFile === undefined && drift.kind === 'unrecorded');
    return isFine ? '' : `${drift.kind}: ${drift.text}`;
  };
  // Each test would else only say that its result is missing.
  everything.catch(() => undefined);

  describe(server.name, () => {
    afterAll(() => everything.catch(() => undefined), timeoutMs);

    for (const id of ids) {
      test.concurrent(
        titleOf(id, expected[id]),
        async () => {
          const result = await resultOf.get(id);
          if (result === undefined) await everything;
          expect(complaint(id, result)).toBe('');
        },
        timeoutMs,
      );
    }

    if (baselineFile === undefined) return;
    test(
      'has nothing else to record (npm run matrix)',
      async () => {
        const { recorded } = await everything;
        const { suite, sdk } = readVersions();
        const unknown = recorded.cases.map(({ id }) => id).filter((id) => !ids.includes(id));
        expect([baseline?.suite, baseline?.sdk, unknown]).toEqual([suite, sdk, []]);
      },
      timeoutMs,
    );
  });
}

function titleOf(id: string, expected: Expectation | undefined): string {
  if (expected === undefined || expected.outcome === 'pass') return id;
  return `${id} (known: ${expected.needs ?? expected.cause ?? expected.outcome})`;
}
