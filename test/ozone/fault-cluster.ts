import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startOzoneCluster } from '../../conformance/targets/ozone-cluster/cluster.ts';
import type { OzoneCluster } from '../../conformance/targets/ozone-cluster/cluster.ts';

type Datanode = OzoneCluster['datanodes'][number];

interface ListedPipeline {
  readonly pipelineState: string;
  readonly replicationConfig: { readonly replicationFactor: string };
  readonly leaderNode: { readonly ipAddress: string } | null;
}

/** A cluster that may be broken: small blocks, and a datanode that is gone is soon known to be. */
export class FaultCluster {
  readonly cluster: OzoneCluster;
  /** Where the site file for a gateway is. */
  readonly conf: string;

  constructor(cluster: OzoneCluster, conf: string) {
    this.cluster = cluster;
    this.conf = conf;
  }

  static async start(): Promise<FaultCluster> {
    const cluster = await startOzoneCluster({
      properties: {
        'ozone.scm.block.size': '32MB',
        'ozone.scm.stale.node.interval': '30s',
        'ozone.scm.dead.node.interval': '45s',
        'ozone.scm.close.container.wait.duration': '1s',
      },
    });
    const conf = await mkdtemp(join(tmpdir(), 'ozone-faults-'));
    await cluster.writeConf(conf);
    return new FaultCluster(cluster, conf);
  }

  async stop(): Promise<void> {
    await this.cluster.stop();
    await rm(this.conf, { recursive: true, force: true });
  }

  /** Of the pipeline that keys of replication RATIS/THREE are written to. */
  async leader(): Promise<Datanode> {
    const pipelines = await this.#pipelines();
    const open = pipelines.find(
      ({ pipelineState, replicationConfig, leaderNode }) =>
        pipelineState === 'OPEN' && replicationConfig.replicationFactor === 'THREE' && leaderNode !== null,
    );
    const leader = this.cluster.datanodes.find(({ address }) => address === open?.leaderNode?.ipAddress);
    if (leader === undefined) throw new Error('no open pipeline of three datanodes has a leader');
    return leader;
  }

  async follower(): Promise<Datanode> {
    const leader = await this.leader();
    const follower = this.cluster.datanodes.find((datanode) => datanode !== leader);
    if (follower === undefined) throw new Error('there is one datanode alone');
    return follower;
  }

  async closeOpenContainers(): Promise<number> {
    const open = await this.cluster.ozone('admin', 'container', 'list', '--state', 'OPEN', '--count', '100');
    const ids = Array.from(open.matchAll(/"containerID"\s*:\s*(\d+)/g), (match) => match[1] ?? '');
    for (const id of ids) await this.cluster.ozone('admin', 'container', 'close', id);
    return ids.length;
  }

  /** Turns over a byte of the first block's file of a key on some of the datanodes. */
  async corrupt(bucket: string, key: string, datanodes: readonly Datanode[]): Promise<void> {
    const info = await this.cluster.ozone('sh', 'key', 'info', `/s3v/${bucket}/${key}`);
    // As text: the number is larger than what JavaScript holds exactly.
    const localId = /"localID"\s*:\s*(\d+)/.exec(info)?.[1];
    if (localId === undefined) throw new Error(`${key} has no block`);
    for (const datanode of datanodes) {
      const script = `f=$(find /data/hdds -name ${localId}.block) && test -n "$f" && printf '\\377\\376\\375' | dd of="$f" bs=1 seek=70000 conv=notrunc`;
      const { exitCode, stderr } = await datanode.exec(['bash', '-c', script]);
      if (exitCode !== 0) throw new Error(`${datanode.name}: ${stderr}`);
    }
  }

  /** Ends when a pipeline of three has a leader again. */
  async recovered(): Promise<void> {
    await eventually(async () => this.leader());
  }

  /** Ends when the SCM has given up all pipelines. */
  async withoutPipelines(): Promise<void> {
    await eventually(async () => {
      const open = (await this.#pipelines()).filter(({ pipelineState }) => pipelineState === 'OPEN');
      if (open.length > 0) throw new Error(`${open.length} pipelines are still open`);
    });
  }

  /** Without datanodes it stays in safe mode. */
  async restartScm(): Promise<void> {
    await this.cluster.scm.stop();
    await this.cluster.scm.start();
    await eventually(async () => this.#pipelines());
  }

  async #pipelines(): Promise<readonly ListedPipeline[]> {
    const listed = await this.cluster.ozone('admin', 'pipeline', 'list', '--json');
    return JSON.parse(listed) as readonly ListedPipeline[];
  }
}

const patienceMs = 180_000;

/** What `attempt` gives once it no longer rejects. */
async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await sleep(2000);
  }
}
