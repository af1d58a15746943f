import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { RoleContainer } from './role-container.ts';

const pollMs = 500;
const portTimeoutMs = 2_000;
const logLines = 25;

export interface ReadinessOptions {
  /** In the order in which they come up. */
  readonly roles: readonly RoleContainer[];
  /** Rejects as long as the cluster is not ready. */
  readonly firstWrite: () => Promise<void>;
  readonly deadlineMs: number;
  readonly onProgress: (line: string) => void;
}

/**
 * A cluster is ready when it has taken a write: ports open long before.
 * @throws Error with the last log lines of the role that did not come up
 */
export async function awaitReady(options: ReadinessOptions): Promise<void> {
  const { roles, firstWrite, onProgress } = options;
  const start = performance.now();
  const seconds = (): string => ((performance.now() - start) / 1000).toFixed(0);
  const isLate = (): boolean => performance.now() - start > options.deadlineMs;

  for (const role of roles) {
    while (!(await answers(role))) {
      if (!(await role.isRunning())) throw await failure(role, 'ended');
      if (isLate()) throw await failure(role, `did not come up within ${seconds()} s`);
      await delay(pollMs);
    }
    onProgress(`${role.name} answers after ${seconds()} s`);
  }

  for (let reported = ''; ;) {
    try {
      await firstWrite();
      onProgress(`first write after ${seconds()} s`);
      return;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      await throwIfEnded(roles);
      if (isLate()) throw await failure(lastToBlame(roles), `took no write within ${seconds()} s (${reason})`);
      if (reason !== reported) onProgress(`no write yet after ${seconds()} s: ${reason}`);
      reported = reason;
      await delay(pollMs);
    }
  }
}

async function throwIfEnded(roles: readonly RoleContainer[]): Promise<void> {
  for (const role of roles) {
    if (!(await role.isRunning())) throw await failure(role, 'ended');
  }
}

/** All roles answer and yet nothing can be written: SCM decides when there is where to write to. */
function lastToBlame(roles: readonly RoleContainer[]): RoleContainer {
  const scm = roles.find(({ name }) => name === 'scm');
  if (scm === undefined) throw new Error('a cluster without SCM');
  return scm;
}

async function failure(role: RoleContainer, what: string): Promise<Error> {
  const log = await role.logTail(logLines);
  return new Error(`Ozone's ${role.name} ${what}; the last lines of its log:\n${log}`);
}

async function answers({ address, port }: RoleContainer): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: portTimeoutMs });
    const settle = (isOpen: boolean) => () => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once('connect', settle(true)).once('error', settle(false)).once('timeout', settle(false));
  });
}
