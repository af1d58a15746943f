// `npm run ozone`: a cluster and our gateway on it, for as long as a developer wants them.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startOzoneCluster, type OzoneCluster } from './cluster.ts';
import { assertFree } from './free-port.ts';
import { startGatewayProcess } from './gateway-process.ts';
import { isInterrupted, onInterrupt } from './interrupt.ts';

const gatewayPort = 9878;
const referenceHostPort = 9978;
const credentials = { accessKeyId: 'dev', secretAccessKey: 'dev-secret' };

const help = `Usage: npm run ozone [-- OPTIONS]

Starts a cluster of Ozone in containers, and on it our gateway (port ${gatewayPort}) and Ozone's own (port ${referenceHostPort}), which
show the same buckets. Ctrl-C stops and removes everything. The image is made by "npm run ozone:image".

  --datanodes N     how many datanodes; 3 by default, 5 for erasure coding
  --set KEY=VALUE   a property of ozone-site.xml, as often as needed
  --measuring       larger heaps and the whole JIT, for measuring speed
  --no-gateway      no gateway of ours: says how to start one, as from a debugger
  --help
`;

interface Arguments {
  readonly datanodes: number;
  readonly properties: Readonly<Record<string, string>>;
  readonly jvm: 'small' | 'measuring';
  readonly withGateway: boolean;
}

/** @throws Error that names what is wrong; undefined when help was asked for */
function readArguments(): Arguments | undefined {
  const { values } = parseArgs({
    allowNegative: true,
    options: {
      datanodes: { type: 'string', default: '3' },
      set: { type: 'string', multiple: true, default: [] },
      measuring: { type: 'boolean', default: false },
      gateway: { type: 'boolean', default: true },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  if (!/^[1-9]$/.test(values.datanodes)) throw new Error('--datanodes takes a number from 1 to 9');
  const properties = values.set.map((pair) => {
    const at = pair.indexOf('=');
    if (at <= 0) throw new Error(`--set takes KEY=VALUE, and not ${pair}`);
    return [pair.slice(0, at), pair.slice(at + 1)] as const;
  });
  return {
    datanodes: Number(values.datanodes),
    properties: Object.fromEntries(properties),
    jvm: values.measuring ? 'measuring' : 'small',
    withGateway: values.gateway,
  };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function describe(cluster: OzoneCluster, conf: string): string {
  const roles = [cluster.om, cluster.scm, ...cluster.datanodes];
  return [
    '',
    ...roles.map(({ name, address, containerName }) => `${name.padEnd(4)} ${address}  (container ${containerName})`),
    `OM's gRPC at ${cluster.omGrpc.host}:${cluster.omGrpc.port}; site file in ${conf}`,
    `Ozone's tools: docker exec ${cluster.om.containerName} ozone sh key list /s3v/BUCKET`,
    '',
  ].join('\n');
}

function awsLine(port: number): string {
  const { accessKeyId, secretAccessKey } = credentials;
  const environment = `AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY=${secretAccessKey} AWS_DEFAULT_REGION=us-east-1`;
  return `  ${environment} aws --endpoint-url http://127.0.0.1:${port} s3 ls`;
}

/** Until Ctrl-C, or until our gateway ends by itself, which is an error. */
async function serve({ withGateway, ...shape }: Arguments): Promise<void> {
  await assertFree(referenceHostPort);
  if (withGateway) await assertFree(gatewayPort);
  const scratch = await mkdtemp(join(tmpdir(), 'ozone-cluster-'));
  onInterrupt(() => rm(scratch, { recursive: true, force: true }));
  const start = performance.now();
  const onProgress = (line: string): void =>
    say(`${((performance.now() - start) / 1000).toFixed(0).padStart(4)} s  ${line}`);
  let cluster: OzoneCluster | undefined;
  try {
    cluster = await startOzoneCluster({ ...shape, referenceGateway: true, referenceHostPort, onProgress });
    const conf = join(scratch, 'conf');
    await cluster.writeConf(conf);
    say(describe(cluster, conf));
    say(`Ozone's own gateway, where any credentials do:\n${awsLine(referenceHostPort)}`);
    if (withGateway) {
      await serveOurs(conf, join(scratch, 'data'));
    } else {
      say(`Our gateway:\n  node bin/ozone-s3g.js serve --store ozone --conf ${conf}\n\nCtrl-C stops the cluster.`);
      await new Promise(() => setInterval(() => undefined, 60_000));
    }
  } finally {
    await cluster?.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function serveOurs(conf: string, data: string): Promise<void> {
  const gateway = await startGatewayProcess({ conf, data, address: `127.0.0.1:${gatewayPort}`, credentials });
  onInterrupt(() => gateway.stop());
  say(`Our gateway:\n${awsLine(gatewayPort)}\n  ${gateway.admin}\n\nCtrl-C stops all of it.`);
  const how = await gateway.ended;
  // The interruption ends the process; there is nothing left to do here.
  if (isInterrupted()) await new Promise(() => undefined);
  throw new Error(how);
}

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
try {
  const asked = readArguments();
  if (asked === undefined) process.stdout.write(help);
  else await serve(asked);
} catch (error) {
  // What is missing by then was removed for that.
  if (!isInterrupted()) process.stderr.write(`ozone: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
