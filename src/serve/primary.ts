import type { Config } from '../config/config.ts';
import { reasonOf } from './messages.ts';
import { untilStopSignal } from './stop-signal.ts';
import { WorkerPool } from './worker-pool.ts';

/**
 * Serves until it is told to stop. Resolves to the exit code: 0 after a graceful stop, else 1. Little is loaded before
 * the workers are on their way: a start takes as long as the slower of the two.
 */
export async function serve(config: Config, say: (text: string) => void): Promise<number> {
  const { firstUser, ...workerConfig } = config;
  const told = untilStopSignal();
  const pool = new WorkerPool(workerConfig);
  const { PrimaryParts } = await import('./primary-parts.ts');
  const parts = new PrimaryParts(workerConfig, pool);
  try {
    await Promise.race([parts.start(firstUser, say).then(() => told.stop), told.stop]);
    return await Promise.race([parts.stop().then(() => 0), told.stopAtOnce.then(() => 1)]);
  } catch (error) {
    process.stderr.write(`ozone-s3g: ${reasonOf(error)}\n`);
    return 1;
  } finally {
    pool.kill();
    await parts.close();
  }
}
