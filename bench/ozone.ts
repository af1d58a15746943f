import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { startOzoneCluster } from '../conformance/targets/ozone-cluster/cluster.ts';
import { startGatewayProcess } from '../test/gateway-process.ts';
import type { GatewayOptions } from '../test/gateway-process.ts';
import { rows } from './rows.ts';
import type { Row } from './rows.ts';
import type { Endpoint } from './sign.ts';

/** Times what Ozone's own gateway does: our time over theirs is at most 1.3. */
const reach = Number((1 / 1.3).toFixed(2));
const judgedRows = ['put-4k', 'get-4k', 'head-4k', 'list-page', 'delete-4k', 'put-64m', 'get-64m'];
/** Shown only: the one call that Ozone's own makes of it loses prefixes for a moment; see docs/performance.md. */
const shownRows = ['list-prefixes'];

/** What is measured where both gateways stand before one cluster. */
export const ozoneRows: readonly Row[] = [
  ...judgedRows.map((name) => ({ ...rowNamed(name), reach })),
  ...shownRows.map((name) => withoutReach(rowNamed(name))),
];

function rowNamed(name: string): Row {
  const row = rows.find((candidate) => candidate.name === name);
  if (row === undefined) throw new Error(`there is no row ${name}`);
  return row;
}

function withoutReach({ reach: _, ...row }: Row): Row {
  return row;
}

export interface StartedSide {
  readonly endpoints: readonly Endpoint[];
  stop(): Promise<void>;
}

/**
 * A cluster with Ozone's own gateway, and ours before the same cluster; both as durable: an acknowledged write is on all
 * datanodes. Java has its default compiler and 1 GiB of heap.
 */
export async function startOzone(
  root: string,
  gatewayOptions: GatewayOptions,
  report: (line: string) => void,
): Promise<StartedSide> {
  const cluster = await startOzoneCluster({
    referenceGateway: true,
    jvm: 'measuring',
    onProgress: (line) => report(`${line}\n`),
  });
  try {
    const conf = join(root, 'conf');
    await mkdir(conf, { recursive: true });
    await cluster.writeConf(conf);
    const gateway = await startGatewayProcess({
      ...gatewayOptions,
      dataDirectory: join(root, 'gateway'),
      args: ['--store', 'ozone', '--conf', conf, '--auth', 'local'],
    });
    const reference = cluster.referenceEndpoint;
    if (reference === undefined) throw new Error('the cluster came up without its gateway');
    return {
      endpoints: [
        { ...gateway.endpoint, name: 'ozone-s3g' },
        {
          name: "ozone's own",
          host: reference.hostname,
          port: Number(reference.port),
          accessKey: gateway.endpoint.accessKey,
          secretKey: gateway.endpoint.secretKey,
        },
      ],
      stop: async () => {
        await gateway.stop();
        await cluster.stop();
      },
    };
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}
