import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { credentialsFile } from '../auth/credentials-file.ts';
import { loginName } from '../auth/login-name.ts';
import { makePrivateDir } from '../auth/private-file.ts';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load.ts';
import { loggerTo, type LogLevel } from '../observability/logger.ts';
import { RequestCounts } from '../observability/request-counts.ts';
import { openStore } from '../storage/open.ts';
import { composeServer } from './compose.ts';

export interface GatewayOptions {
  /** Kept by `close`. Without it, a temporary directory that `close` removes. */
  readonly dataDir?: string;
  /** 127.0.0.1 */
  readonly host?: string;
  /** Any free one. */
  readonly port?: number;
  /** The login name. */
  readonly accessKeyId?: string;
  /** 8 characters or more; generated. */
  readonly secretAccessKey?: string;
  /** us-east-1 */
  readonly region?: string;
  /** Domains under which buckets are hosts, beside path style; none. */
  readonly domains?: readonly string[];
  /** Lines of JSON on stderr; `warn`. */
  readonly logLevel?: LogLevel;
}

export interface RunningGateway {
  /** `http://HOST:PORT` */
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  /** Cuts off what still runs, and lets go of the data directory. */
  close(): Promise<void>;
}

/**
 * Starts an S3 gateway with a durable local store in this process, for a test or a tool.
 * Throws an Error that names everything that is wrong with the options, or why the address or the directory cannot be
 * taken.
 */
export async function startGateway(options: GatewayOptions = {}): Promise<RunningGateway> {
  const dir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'ozone-s3g-embedded-')));
  const release = async () => {
    if (options.dataDir === undefined) await rm(dir, { recursive: true, force: true });
  };
  try {
    const running = await startIn(configFor(dir, options));
    const close = () => running.close().then(release);
    return { ...running, close };
  } catch (error) {
    await release();
    throw error;
  }
}

function configFor(dir: string, options: GatewayOptions): Config {
  const { host = '127.0.0.1', port = 0, accessKeyId, secretAccessKey, region, domains, logLevel } = options;
  const given = {
    '--http-address': `${host.includes(':') ? `[${host}]` : host}:${port}`,
    '--data': dir,
    '--access-key': accessKeyId,
    '--region': region,
    '--domain-name': domains?.join(','),
    '--log-level': logLevel ?? 'warn',
  };
  const flags = Object.entries(given).filter((flag): flag is [string, string] => flag[1] !== undefined);
  const environment = secretAccessKey === undefined ? {} : { OZONE_S3G_SECRET_KEY: secretAccessKey };
  return loadConfig({ flags: new Map(flags), environment }).config;
}

async function startIn(config: Config): Promise<RunningGateway> {
  const { firstUser, ...rest } = config;
  makePrivateDir(config.dataDir);
  const log = loggerTo(config.log.level, process.stderr);
  const store = await openStore({ ...config.store, role: 'server', log });
  try {
    const credentials = credentialsFile(config.dataDir);
    const accessKeyId = firstUser.accessKey ?? loginName();
    if (firstUser.secretKey !== undefined) await credentials.put(accessKeyId, firstUser.secretKey.reveal());
    const secretAccessKey = credentials.secretOf(accessKeyId) ?? (await credentials.create(accessKeyId));
    const server = composeServer(rest, { store, log, metrics: new RequestCounts() });
    const { host, port } = await server.listen(config.listen);
    return {
      endpoint: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
      accessKeyId,
      secretAccessKey,
      region: config.region.name,
      close: async () => {
        await server.close(0);
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
