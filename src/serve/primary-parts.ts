import { startAdminServer, type AdminServer } from '../admin/admin-server.ts';
import { credentialsFile } from '../auth/credentials-file.ts';
import { makePrivateDir } from '../auth/private-file.ts';
import type { FirstUserConfig } from '../config/config.ts';
import { stderrLogger, type GatewayLogger } from '../observability/logger.ts';
import { createMetrics } from '../observability/metrics.ts';
import { openStore } from '../storage/open.ts';
import type { ObjectStore } from '../storage/port.ts';
import { banner } from './banner.ts';
import { prepareFirstUser } from './first-user.ts';
import type { WorkerConfig } from './messages.ts';
import type { WorkerPool } from './worker-pool.ts';

/** What the primary process does beside its workers: it holds the data directory, sweeps, and answers operators. */
export class PrimaryParts {
  private readonly config: WorkerConfig;
  private readonly pool: WorkerPool;
  private readonly logger: GatewayLogger;
  private readonly metrics = createMetrics('primary');
  private store: ObjectStore | undefined;
  private admin: AdminServer | undefined;
  private isStopping = false;

  constructor(config: WorkerConfig, pool: WorkerPool) {
    this.config = config;
    this.pool = pool;
    this.logger = stderrLogger(config.log.level);
  }

  async start(firstUser: FirstUserConfig, say: (text: string) => void): Promise<void> {
    const { store, auth, dataDir } = this.config;
    // Credentials are there, or the local store.
    if (auth.kind === 'local') makePrivateDir(dataDir);
    const opened = await openStore({ ...store, role: 'server', log: this.logger.log });
    this.store = opened;
    const user = auth.kind === 'local' ? await this.prepareUser(firstUser) : 'any';
    const listening = Promise.all([this.startAdmin(), this.pool.start(this.logger.log)]);
    const [[admin, s3], notReady] = await Promise.all([listening, opened.notReadyReasons()]);
    say(banner({ s3, admin, store, dataDir, user, notReady }));
  }

  private async prepareUser(firstUser: FirstUserConfig): Promise<{ readonly name: string } | undefined> {
    const { dataDir } = this.config;
    const name = await prepareFirstUser(dataDir, credentialsFile(dataDir), firstUser);
    return name === undefined ? undefined : { name };
  }

  /** Lets running requests finish. */
  async stop(): Promise<void> {
    const { graceMs } = this.config.timeouts;
    this.isStopping = true;
    this.logger.log.info({ graceMs }, 'stopping');
    await this.pool.stop(graceMs);
  }

  async close(): Promise<void> {
    await this.admin?.close();
    await this.store?.close();
    await this.logger.end();
  }

  private async startAdmin(): Promise<AdminServer> {
    this.admin = await startAdminServer(this.config.admin, {
      notReadyReasons: () => this.notReadyReasons(),
      metricsText: async () => this.pool.metricsText(await this.metrics.snapshot()),
    });
    return this.admin;
  }

  private async notReadyReasons(): Promise<readonly string[]> {
    const ofStore = [...((await this.store?.notReadyReasons()) ?? []), ...this.pool.notReadyReasons];
    return [
      ...(this.isStopping ? ['The gateway is stopping.'] : []),
      ...(this.pool.listeningCount === 0 ? ['No worker process is listening.'] : []),
      ...new Set(ofStore),
    ];
  }
}
