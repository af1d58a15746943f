import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { TargetOptions } from '../engine/target.ts';
import type { Credentials } from '../transports/sdk.ts';

const launcher = join(import.meta.dirname, '../../bin/ozone-s3g.js');
const domain = 's3.conformance.test';
const startTimeoutMs = 30_000;
/** A write there is agreed upon by an OM, an SCM and three datanodes, all of them on the machine that runs the cases. */
export const ozoneTimeoutFactor = 4;
const firstUser = 'conformance-first';
/** What the gateway shows as the account of that user. */
const firstAccount = '958594614308';
const secondUser = 'conformance-second';

/** What the gateway serves: a local store of its own, or the Ozone whose ozone-site.xml is in the folder `conf`. */
export type GatewayStore =
  { readonly kind: 'local'; readonly isRegionStrict?: boolean } | { readonly kind: 'ozone'; readonly conf: string };

/** A gateway of this repository, built, running as a child process. It verifies signatures by credentials of its own. */
export interface RunningGateway {
  readonly targetOptions: Omit<TargetOptions, 'runId'>;
  stop(): Promise<void>;
}

/**
 * On Ozone there is no second account: an Ozone without ACLs keeps nobody from anything.
 * @throws Error with the gateway's own words when it does not come up within 30 s
 */
export async function startGateway(store: GatewayStore = { kind: 'local' }): Promise<RunningGateway> {
  const data = await mkdtemp(join(tmpdir(), 's3-conformance-'));
  const credentials = { accessKeyId: firstUser, secretAccessKey: randomBytes(20).toString('hex') };
  const child = launch(store, data, credentials);
  const stop = async (): Promise<void> => {
    await ended(child);
    await rm(data, { recursive: true, force: true });
  };
  try {
    const endpoint = await listening(child);
    const common = { endpoint, credentials, region: 'us-east-1', domain, allowsAnonymous: true };
    if (store.kind === 'ozone') return { targetOptions: { ...common, timeoutFactor: ozoneTimeoutFactor }, stop };
    const secondCredentials = { accessKeyId: secondUser, secretAccessKey: await secretOf(secondUser, data) };
    return { targetOptions: { ...common, secondCredentials, accountId: firstAccount }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function launch(store: GatewayStore, data: string, user: Credentials): ChildProcess {
  // On a busy machine a completion may take so long that its refusal would stand inside a 200, which no case expects.
  const patience = ['--white-space-first', '60s'];
  const region = store.kind === 'local' && store.isRegionStrict === true ? ['--region-strict'] : [];
  const kind =
    store.kind === 'local' ? region : ['--store', 'ozone', '--conf', store.conf, '--auth', 'local', ...patience];
  const addresses = ['--http-address', '127.0.0.1:0', '--admin-address', '127.0.0.1:0', '--domain-name', domain];
  const env = { ...process.env, OZONE_S3G_ACCESS_KEY: user.accessKeyId, OZONE_S3G_SECRET_KEY: user.secretAccessKey };
  return spawn(process.execPath, [launcher, 'serve', ...kind, '--data', data, ...addresses], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function listening(child: ChildProcess): Promise<URL> {
  const complaints: string[] = [];
  child.stderr?.on('data', (piece: Buffer) => {
    complaints.push(piece.toString());
  });
  const address = new Promise<URL>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`the gateway did not come up within ${startTimeoutMs / 1000} s: ${complaints.join('')}`));
    }, startTimeoutMs);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the gateway ended with ${code}: ${complaints.join('')}`));
    });
    if (child.stdout === null) return;
    createInterface(child.stdout).on('line', (line) => {
      const url = /^S3 listening on (http:\S+)/.exec(line)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(new URL(url));
    });
  });
  return address;
}

/** The gateway's own command, while it runs; it prints `awsSecret=…` once. */
async function secretOf(user: string, data: string): Promise<string> {
  const args = [launcher, 'getsecret', '-u', user, '--data', data];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const secret = /awsSecret=(\S+)/.exec(stdout)?.[1];
  if (secret === undefined) throw new Error('getsecret printed no secret');
  return secret;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await exited;
  clearTimeout(timer);
}
