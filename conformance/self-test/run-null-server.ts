import type { ConformanceCase } from '../engine/define-case.ts';
import type { CaseResult } from '../engine/outcome.ts';
import { runSuite } from '../engine/run-suite.ts';
import { Target } from '../engine/target.ts';
import { nullServers, startServer, type NullServer } from './null-servers.ts';

/** Runs cases on a server that implements nothing, with all capabilities that a run can be told of. */
export async function runOnNullServer(kind: NullServer, cases: readonly ConformanceCase[]): Promise<CaseResult[]> {
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
    return await runSuite(cases, target, { concurrency: 32 });
  } finally {
    target.close();
    await server.close();
  }
}
