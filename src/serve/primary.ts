import { startAdminServer, type AdminServer } from '../admin/admin-server.ts';
import { credentialsFile } from '../auth/credentials-file.ts';
import { makePrivateDir } from '../auth/private-file.ts';
import type { Config } from '../config/config.ts';
import { stderrLogger, type GatewayLogger } from '../observability/logger.ts';
import { createMetrics } from '../observability/metrics.ts';
import { openStore } from '../storage/open.ts';
import type { ObjectStore } from '../storage/port.ts';
import { banner } from './banner.ts';
import { prepareFirstUser } from './first-user.ts';
import { reasonOf } from './messages.ts';
import { untilStopSignal } from './stop-signal.ts';
import { WorkerPool } from './worker-pool.ts';

interface Serving {
  readonly admin: AdminServer;
  readonly pool: WorkerPool;
  readonly store: ObjectStore;
}

/** Serves until it is told to stop. Resolves to the exit code: 0 after a graceful stop, else 1. */
export async function serve(config: Config, say: (text: string) => void): Promise<number> {
  const logger = stderrLogger(config.log.level);
  const told = untilStopSignal();
  const opened: Partial<Serving> & { isStopping: boolean } = { isStopping: false };
  try {
    await Promise.race([start(config, logger, opened, say).then(() => told.stop), told.stop]);
    opened.isStopping = true;
    logger.log.info({ graceMs: config.timeouts.graceMs }, 'stopping');
    const stopped = opened.pool?.stop(config.timeouts.graceMs).then(() => 0);
    return (await Promise.race([stopped, told.stopAtOnce.then(() => 1)])) ?? 0;
  } catch (error) {
    process.stderr.write(`ozone-s3g: ${reasonOf(error)}\n`);
    return 1;
  } finally {
    opened.pool?.kill();
    await opened.admin?.close();
    await opened.store?.close();
    await logger.flush();
  }
}

async function start(
  config: Config,
  logger: GatewayLogger,
  opened: Partial<Serving> & { isStopping: boolean },
  say: (text: string) => void,
): Promise<void> {
  const { firstUser, ...workerConfig } = config;
  makePrivateDir(config.store.dir);
  const store = await openStore({ ...config.store, role: 'server', log: logger.log });
  Object.assign(opened, { store });
  const userName = await prepareFirstUser(config.store.dir, credentialsFile(config.store.dir), firstUser);

  const metrics = createMetrics('primary');
  const pool = new WorkerPool(workerConfig, logger.log);
  Object.assign(opened, { pool });
  const [admin, s3] = await Promise.all([
    startAdminServer(config.admin, {
      notReadyReasons: async () => [
        ...(opened.isStopping ? ['The gateway is stopping.'] : []),
        ...(pool.listeningCount === 0 ? ['No worker process is listening.'] : []),
        ...(await store.notReadyReasons()),
      ],
      metricsText: async () => pool.metricsText(await metrics.snapshot()),
    }).then((server) => {
      Object.assign(opened, { admin: server });
      return server;
    }),
    pool.start(),
  ]);
  say(banner({ s3, admin, dataDir: config.store.dir, userName }));
}
