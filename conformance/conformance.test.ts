/** The CI door: every case, through the same engine as the command line, against the built gateway or CONFORMANCE_ENDPOINT. */
import { targetFrom } from './cli/connection-options.ts';
import { describeServer } from './targets/describe-server.ts';
import { local } from './targets/known-servers.ts';
import type { RunnableServer } from './targets/run-server.ts';

const endpoint = process.env['CONFORMANCE_ENDPOINT'];

function foreign(url: string): RunnableServer {
  const region = process.env['CONFORMANCE_REGION'] ?? 'us-east-1';
  const { options: targetOptions } = targetFrom({ endpoint: url, region, large: true });
  const stop = (): Promise<void> => Promise.resolve();
  return { name: url, implementation: {}, start: () => Promise.resolve({ targetOptions, stop }) };
}

await (endpoint === undefined || endpoint === ''
  ? describeServer(local, local.baselineFile)
  : describeServer(foreign(endpoint)));
