// Starts a cluster of Ozone and its own gateway, runs a command that finds them by OZONE_CONF_DIR and
// OZONE_REFERENCE_ENDPOINT, stops them, and ends as the command did: `tsx on-cluster.ts -- COMMAND ARGUMENTS`.
// `tsx on-cluster.ts --check` only says whether a cluster can be had here: exit code 75 and why, when not.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startOzoneCluster, type OzoneCluster } from './cluster.ts';
import { engineWith, ozoneImage } from './engine.ts';
import { onInterrupt } from './interrupt.ts';

const unavailable = 75;

/** Small, so that objects of some size have several blocks. */
const properties = { 'ozone.scm.block.size': '16MB' };

function run(command: readonly string[], cluster: OzoneCluster, conf: string): Promise<number> {
  const [program, ...args] = command;
  if (program === undefined) throw new Error('which command? on-cluster.ts -- COMMAND ARGUMENTS');
  const env = {
    ...process.env,
    OZONE_CONF_DIR: conf,
    OZONE_REFERENCE_ENDPOINT: cluster.referenceEndpoint?.href,
  };
  const child = spawn(program, args, { env, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      resolve(code ?? 1);
    });
  });
}

async function runOnCluster(command: readonly string[]): Promise<number> {
  const conf = await mkdtemp(join(tmpdir(), 'ozone-conf-'));
  const takeBack = onInterrupt(() => rm(conf, { recursive: true, force: true }));
  try {
    const onProgress = (line: string): void => void process.stderr.write(`${line}\n`);
    const cluster = await startOzoneCluster({ referenceGateway: true, properties, onProgress });
    try {
      await cluster.writeConf(conf);
      return await run(command, cluster, conf);
    } finally {
      await cluster.stop();
    }
  } finally {
    await rm(conf, { recursive: true, force: true });
    takeBack();
  }
}

async function check(): Promise<number> {
  try {
    await engineWith(ozoneImage());
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return unavailable;
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { check: { type: 'boolean', default: false } },
});
process.exitCode = values.check ? await check() : await runOnCluster(positionals);
