import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { anyEngine, engineWith, ozoneImage, type Engine } from './engine.ts';
import { writeThroughGateway, writeThroughShell } from './first-write.ts';
import { onInterrupt } from './interrupt.ts';
import { createNetwork } from './network.ts';
import { removeLeftovers as removeLeftoversOf, removeRun } from './ownership.ts';
import { plannedRoles, referencePort, type ClusterShape } from './plan.ts';
import { awaitReady } from './readiness.ts';
import { startRole, type RoleContainer } from './role-container.ts';
import { gatewaySite, omGrpcPort, siteXml } from './site.ts';

export interface OzoneClusterOptions extends Partial<ClusterShape> {
  /** The reference gateway also answers on this port of the machine. */
  readonly referenceHostPort?: number;
  /** For the first write; 5 minutes by default, since a busy machine needs 3. */
  readonly deadlineMs?: number;
  readonly onProgress?: (line: string) => void;
}

/** A cluster of Ozone in containers of its own, in which something has been written. */
export interface OzoneCluster {
  readonly runId: string;
  readonly omGrpc: { readonly host: string; readonly port: number };
  /** Ozone's own S3 gateway, if it was asked for. */
  readonly referenceEndpoint: URL | undefined;
  readonly scm: RoleContainer;
  readonly om: RoleContainer;
  readonly datanodes: readonly RoleContainer[];
  readonly reference: RoleContainer | undefined;
  /**
   * Runs one of Ozone's tools beside the OM, as `ozone('sh', 'key', 'info', '/s3v/bucket/key')`; its standard output.
   * @throws Error with what it said when it fails
   */
  ozone(...args: readonly string[]): Promise<string>;
  /** Writes the ozone-site.xml for a gateway on this machine into a folder, which is made. */
  writeConf(directory: string): Promise<void>;
  stop(): Promise<void>;
}

/** @throws Error that says what to do, or shows the log of the role that did not come up; nothing is left running */
export async function startOzoneCluster(options: OzoneClusterOptions = {}): Promise<OzoneCluster> {
  const image = ozoneImage();
  const engine = await engineWith(image);
  await removeLeftoversOf(engine);
  const runId = randomBytes(4).toString('hex');
  const takeBack = onInterrupt(() => removeRun(engine, runId));
  const stop = async (): Promise<void> => {
    await removeRun(engine, runId);
    takeBack();
  };
  try {
    return { ...(await startRoles(options, engine, image, runId)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Containers that processes of this machine left when they were killed. `startOzoneCluster` does this too. */
export async function removeLeftovers(): Promise<void> {
  await removeLeftoversOf(await anyEngine());
}

async function startRoles(
  options: OzoneClusterOptions,
  engine: Engine,
  image: string,
  runId: string,
): Promise<Omit<OzoneCluster, 'stop'>> {
  const { deadlineMs = 300_000, onProgress = () => undefined, referenceHostPort } = options;
  const shape = shapeOf(options);
  const network = await createNetwork(engine, runId);
  const roles: RoleContainer[] = [];
  const plan = plannedRoles(shape);
  for (const planned of plan) {
    const hostPort = planned.name === 's3g' ? referenceHostPort : undefined;
    roles.push(await startRole(planned, { engine, network, image, runId, roles: plan, hostPort }));
  }
  onProgress(`${roles.length} containers of ${image} run`);
  const cluster = describe(roles, shape, runId);
  const { referenceEndpoint, om } = cluster;
  const firstWrite = (): Promise<void> =>
    referenceEndpoint === undefined ? writeThroughShell(om) : writeThroughGateway(referenceEndpoint);
  await awaitReady({ roles, firstWrite, deadlineMs, onProgress });
  return cluster;
}

function shapeOf(options: OzoneClusterOptions): ClusterShape {
  const { datanodes = 3, referenceGateway = false, properties = {}, jvm = 'small' } = options;
  return { datanodes, referenceGateway, properties, jvm };
}

function describe(roles: readonly RoleContainer[], shape: ClusterShape, runId: string): Omit<OzoneCluster, 'stop'> {
  const named = (wanted: string): RoleContainer => {
    const role = roles.find(({ name }) => name === wanted);
    if (role === undefined) throw new Error(`the cluster has no ${wanted}`);
    return role;
  };
  const [om, scm] = [named('om'), named('scm')];
  const reference = shape.referenceGateway ? named('s3g') : undefined;
  return {
    runId,
    scm,
    om,
    datanodes: roles.filter(({ name }) => name.startsWith('dn')),
    reference,
    omGrpc: { host: om.address, port: omGrpcPort },
    referenceEndpoint: reference && new URL(`http://${reference.address}:${referencePort}`),
    async ozone(...args) {
      const { exitCode, stdout, stderr } = await om.exec(['ozone', ...args]);
      if (exitCode !== 0) throw new Error(`ozone ${args.join(' ')} ended with ${exitCode}: ${stderr}${stdout}`);
      return stdout;
    },
    async writeConf(directory) {
      const hosts = { om: om.address, scm: scm.address };
      await mkdir(directory, { recursive: true });
      await writeFile(
        join(directory, 'ozone-site.xml'),
        siteXml(gatewaySite(hosts, shape.datanodes, shape.properties)),
      );
    },
  };
}
