/** What the suite says of servers that implement nothing: the trust in every other result rests on this. */
import { describe, expect, it } from '@jest/globals';
import { catalogue } from '../catalogue.ts';
import { allCases } from '../cli/select-cases.ts';
import type { CaseResult } from '../engine/outcome.ts';
import { preflight } from '../engine/preflight.ts';
import { Target } from '../engine/target.ts';
import { summariseOperations } from '../reports/operation-summary.ts';
import { nullServers, startServer } from './null-servers.ts';
import { runOnNullServer } from './run-null-server.ts';

const cases = await allCases();
/** Within which each run ends, whatever the server does. */
const timeoutMs = 60_000;

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
      const results = await runOnNullServer('empty 200', cases);
      expect(passing(results)).toEqual([]);
      expect(broken(results)).toEqual([]);
      expect(verdicts(results)).not.toHaveProperty('supported');
    },
    timeoutMs,
  );

  it(
    'every operation is unsupported on a server that answers 501 to everything',
    async () => {
      const results = await runOnNullServer('501 NotImplemented', cases);
      expect(verdicts(results)).toEqual({ unsupported: catalogue.size });
      expect(passing(results).filter((id) => !id.endsWith('.do-no-harm.clean-refusal'))).toEqual([]);
      expect(broken(results)).toEqual([]);
    },
    timeoutMs,
  );

  it(
    'only refusals pass on a server that answers 403 to everything',
    async () => {
      const results = await runOnNullServer('403 AccessDenied', cases);
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
      const results = await runOnNullServer(kind, sample);
      expect(passing(results)).toEqual([]);
      expect(broken(results)).toEqual([]);
      const good = ['supported', 'partial', 'unsupported'];
      expect(Object.keys(verdicts(results)).filter((verdict) => good.includes(verdict))).toEqual([]);
    },
    timeoutMs,
  );

  it.each(['silent', 'byte by byte'] as const)(
    'stops its cases at their time limit on: %s',
    async (kind) => {
      const hurried = sample.map((one) => ({ ...one, timeoutMs: 100 }));
      const results = await runOnNullServer(kind, hurried);
      expect(passing(results)).toEqual([]);
      expect(broken(results)).toEqual([]);
      const others = results.filter(({ outcome, cause }) => outcome !== 'skipped' && cause !== 'timeout');
      expect(others.map(({ id, cause }) => `${id}: ${cause}`)).toEqual([]);
    },
    timeoutMs,
  );

  it.each(['silent', 'byte by byte'] as const)(
    'a run is given up before its first case on: %s',
    async (kind) => {
      const server = await startServer(nullServers[kind]);
      const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
      const target = new Target({ endpoint: server.endpoint, credentials, region: 'us-east-1', runId: 'null' });
      const obstacle = await preflight(target);
      target.close();
      await server.close();
      expect(obstacle?.problem).toContain('does not answer within 10 s');
    },
    15_000,
  );
});
