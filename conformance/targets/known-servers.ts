import { join } from 'node:path';
import { ozoneTimeoutFactor, startGateway, type RunningGateway } from './gateway.ts';
import { ozoneVersion } from './ozone-cluster/engine.ts';
import type { RunnableServer } from './run-server.ts';

/** The server that a column of docs/compat-matrix.md is about. */
export interface KnownServer extends RunnableServer {
  /** Its expectations, the source of its column. */
  readonly baselineFile: string;
  /** Each of its gaps must have a reason: this repository answers for it. */
  readonly isOurs: boolean;
}

const baselineFile = (name: string): string => join(import.meta.dirname, '../baselines', `${name}.json`);

/** Whose ozone-site.xml is in the folder that OZONE_CONF_DIR names. */
function ozoneConf(): string {
  return required('OZONE_CONF_DIR', 'the folder of the ozone-site.xml of a running Ozone');
}

function required(variable: string, meaning: string): string {
  const value = process.env[variable];
  if (value === undefined || value === '') throw new Error(`set ${variable} to ${meaning}, or run npm test -- cluster`);
  return value;
}

/** On a cluster that is not secured it takes any key, verifies no signature, and keeps nobody from anything. */
async function reachReference(): Promise<RunningGateway> {
  const endpoint = new URL(required('OZONE_REFERENCE_ENDPOINT', "the URL of Ozone's own gateway on that Ozone"));
  const targetOptions = {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'conformance-first', secretAccessKey: 'any' },
    allowsAnonymous: true,
    timeoutFactor: ozoneTimeoutFactor,
  };
  return { targetOptions, stop: () => Promise.resolve() };
}

const version = ozoneVersion();

export const local: KnownServer = {
  name: 'ozone-s3g on its local store',
  implementation: { project: 'ozone-s3g on its local store' },
  baselineFile: baselineFile('local'),
  isOurs: true,
  start: () => startGateway({ kind: 'local' }),
};

export const onOzone: KnownServer = {
  name: `ozone-s3g on Ozone ${version}`,
  implementation: { project: `ozone-s3g on Ozone ${version}` },
  baselineFile: baselineFile('ozone'),
  isOurs: true,
  start: () => startGateway({ kind: 'ozone', conf: ozoneConf() }),
};

/** Ozone's own S3 gateway, written in Java. */
export const reference: KnownServer = {
  name: `Ozone's own S3 Gateway ${version}`,
  implementation: { project: "Ozone's own S3 Gateway", version },
  baselineFile: baselineFile('reference'),
  isOurs: false,
  start: reachReference,
};

/** In the order of the matrix's columns. */
export const knownServers = { local, ozone: onOzone, reference } as const;
