/** What the suite says of servers that implement nothing: the trust in every other result rests on this. */
import { describe, expect, it } from '@jest/globals';
import { catalogue } from '../catalogue.ts';
import { allCases } from '../cli/select-cases.ts';
import type { CaseResult } from '../engine/outcome.ts';
import { runSuite } from '../engine/run-suite.ts';
import { Target } from '../engine/target.ts';
import { summariseOperations } from '../reports/operation-summary.ts';
import { nullServers, startServer, type NullServer } from './null-servers.ts';

const cases = await allCases();
const timeoutMs = 120_000;

async function resultsOn(kind: NullServer, subset = cases): Promise<CaseResult[]> {
  const server = await startServer(nullServers[kind]);
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  const target = new Target({
    endpoint: server.endpoint,
    credentials,
    region: 'us-east-1',
    runId: 'null',
    housekeepingTimeoutMs: 200,
    secondCredentials: { accessKeyId: 'other', secretAccessKey: 'other' },
    allowsAnonymous: true,
    domain: 's3.example.test',
  });
  try {
    return await runSuite(subset, target, { concurrency: 32 });
  } finally {
    target.close();
    await server.close();
  }
}

function passing(results: readonly CaseResult[]): string[] {
  return results.filter(({ outcome }) => outcome === 'pass').map(({ id }) => id);
}

/** Operations by verdict. */
function verdicts(results: readonly CaseResult[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { verdict } of summariseOperations(results)) found[verdict] = (found[verdict] ?? 0) + 1;
  return found;
}

/** The suite itself must not break on any of them. */
function broken(results: readonly CaseResult[]): string[] {
  return results.filter(({ outcome }) => outcome === 'error').map(({ id, detail }) => `${id}: ${detail}`);
}

/** Every eighth case: enough where each of them can only be blocked. */
const sample = cases.filter((_, index) => index % 8 === 0);

describe('null servers', () => {
  it(
    'nothing passes on a server that answers 200 to everything',
    async () => {
      const results = await resultsOn('empty 200');
      expect(passing(results)).toEqual([]);
      expect(broken(results)).toEqual([]);
      expect(verdicts(results)).not.toHaveProperty('supported');
    },
    timeoutMs,
  );

  it(
    'every operation is unsupported on a server that answers 501 to everything',
    async () => {
      const results = await resultsOn('501 NotImplemented');
      expect(verdicts(results)).toEqual({ unsupported: catalogue.size });
      expect(passing(results).filter((id) => !id.endsWith('.do-no-harm.clean-refusal'))).toEqual([]);
      expect(broken(results)).toEqual([]);
    },
    timeoutMs,
  );

  it(
    'only refusals pass on a server that answers 403 to everything',
    async () => {
      const results = await resultsOn('403 AccessDenied');
      const wrong = results.filter(({ outcome, kind }) => outcome === 'pass' && kind !== 'negative');
      expect(wrong).toEqual([]);
      expect(broken(results)).toEqual([]);
      expect(verdicts(results)).not.toHaveProperty('supported');
      expect(verdicts(results)).not.toHaveProperty('partial');
    },
    timeoutMs,
  );

  it.each(['HTML 500', 'closed socket'] as const)(
    'nothing passes on: %s',
    async (kind) => {
      const results = await resultsOn(kind, sample);
      expect(passing(results)).toEqual([]);
      expect(broken(results)).toEqual([]);
      const good = ['supported', 'partial', 'unsupported'];
      expect(Object.keys(verdicts(results)).filter((verdict) => good.includes(verdict))).toEqual([]);
    },
    timeoutMs,
  );

  it(
    'a server that never answers stops its cases at their time limit',
    async () => {
      const hurried = sample.map((one) => ({ ...one, timeoutMs: 100 }));
      const results = await resultsOn('slow', hurried);
      expect(passing(results)).toEqual([]);
      expect(broken(results)).toEqual([]);
      const others = results.filter(({ outcome, cause }) => outcome !== 'skipped' && cause !== 'timeout');
      expect(others.map(({ id, cause }) => `${id}: ${cause}`)).toEqual([]);
    },
    timeoutMs,
  );
});
