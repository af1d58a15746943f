/** The CI door: every case, through the same engine as the command line, against the built gateway or CONFORMANCE_ENDPOINT. */
import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, test } from '@jest/globals';
import { targetFrom } from './cli/connection-options.ts';
import { allCases } from './cli/select-cases.ts';
import type { CaseResult } from './engine/outcome.ts';
import { runSuite } from './engine/run-suite.ts';
import { Target } from './engine/target.ts';
import { startGateway } from './targets/gateway.ts';
import { readMatrix, renderMatrix } from './targets/matrix-file.ts';

const timeoutMs = 300_000;
const endpoint = process.env['CONFORMANCE_ENDPOINT'];
const isOwnGateway = endpoint === undefined || endpoint === '';
const gateway = isOwnGateway ? await startGateway() : undefined;
const target =
  gateway === undefined
    ? targetFrom({
        ...(isOwnGateway ? {} : { endpoint }),
        region: process.env['CONFORMANCE_REGION'] ?? 'us-east-1',
        large: true,
      })
    : new Target({ ...gateway.targetOptions, runId: randomBytes(4).toString('hex') });

const cases = await allCases();
const arrived = new Map<string, (result: CaseResult) => void>();
const resultOf = new Map(
  cases.map(({ id }) => [id, new Promise<CaseResult>((resolve) => arrived.set(id, resolve))] as const),
);
// The engine paces the run by itself; each test waits for its own result.
const everything = runSuite(cases, target, { concurrency: 16, onResult: (result) => arrived.get(result.id)?.(result) });

afterAll(async () => {
  await everything;
  target.close();
  await gateway?.stop();
}, timeoutMs);

describe('conformance', () => {
  for (const { id } of cases) {
    test.concurrent(
      id,
      async () => {
        const { outcome, cause, detail } = (await resultOf.get(id)) ?? {};
        // A skipped case says which capability the target lacks; everything else has to pass.
        const isGood = outcome === 'pass' || outcome === 'skipped';
        expect(isGood ? '' : `${outcome} (${cause ?? 'no cause'}): ${detail}`).toBe('');
      },
      timeoutMs,
    );
  }
});

if (isOwnGateway) {
  describe('docs/compat-matrix.md', () => {
    test(
      'is what the results say (npm run matrix)',
      async () => {
        expect(await readMatrix()).toBe(renderMatrix(await everything));
      },
      timeoutMs,
    );
  });
}
