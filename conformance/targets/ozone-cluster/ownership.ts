import { hostname } from 'node:os';
import type { Engine } from './engine.ts';

/** Testcontainers' own reaper is an image of its own, which not every machine can pull: labels say what is whose. */
const runLabel = 'ozone-s3g.run';
const pidLabel = 'ozone-s3g.pid';
const hostLabel = 'ozone-s3g.host';

export function ownershipLabels(runId: string): Record<string, string> {
  return { [runLabel]: runId, [pidLabel]: String(process.pid), [hostLabel]: hostname() };
}

/** Containers and networks of one run. */
export async function removeRun(engine: Engine, runId: string): Promise<void> {
  await removeLabelled(engine, (labels) => labels[runLabel] === runId);
}

/** Containers and networks of runs of this machine whose process is gone, as after `kill -9`. */
export async function removeLeftovers(engine: Engine): Promise<void> {
  await removeLabelled(engine, (labels) => labels[hostLabel] === hostname() && !isAlive(Number(labels[pidLabel])));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Of another user: there all the same.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

type Labels = Readonly<Record<string, string>>;

async function removeLabelled(engine: Engine, isToGo: (labels: Labels) => boolean): Promise<void> {
  const { dockerode } = engine.container;
  const filters = { label: [runLabel] };
  const containers = await dockerode.listContainers({ all: true, filters });
  await Promise.all(
    containers
      .filter(({ Labels }) => isToGo(Labels))
      .map(({ Id }) => unlessGone(dockerode.getContainer(Id).remove({ force: true, v: true }))),
  );
  const networks = await dockerode.listNetworks({ filters });
  await Promise.all(
    networks.filter(({ Labels = {} }) => isToGo(Labels)).map(({ Id }) => unlessGone(dockerode.getNetwork(Id).remove())),
  );
}

/** Two may clean up at once, as after Ctrl-C. */
async function unlessGone(removal: Promise<unknown>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
    if (status !== 404 && status !== 409) throw error;
  }
}
