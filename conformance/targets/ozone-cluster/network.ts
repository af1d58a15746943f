import type { Engine } from './engine.ts';
import { ownershipLabels } from './ownership.ts';

export interface ClusterNetwork {
  readonly name: string;
  readonly subnet: string;
}

const tries = 5;

/** A bridge network whose containers may ask for an address. */
export async function createNetwork(engine: Engine, runId: string): Promise<ClusterNetwork> {
  const name = `ozone-${runId}`;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const subnet = await freeSubnet(engine, `${name}-probe${attempt}`, runId);
      await create(engine, name, runId, { Config: [{ Subnet: subnet }] });
      return { name, subnet };
    } catch (error) {
      // Another network was given the subnet in between.
      if (attempt === tries) throw error;
    }
  }
}

/** Addresses can be asked for only in a subnet that was asked for, and only the engine knows which are free. */
async function freeSubnet(engine: Engine, name: string, runId: string): Promise<string> {
  const network = await create(engine, name, runId, {});
  try {
    const { IPAM } = (await network.inspect()) as { IPAM?: { Config?: { Subnet?: string }[] } };
    const subnet = IPAM?.Config?.find(({ Subnet = '' }) => Subnet.includes('.'))?.Subnet;
    if (subnet === undefined) throw new Error('the container engine gave a network without a subnet');
    return subnet;
  } finally {
    await network.remove();
  }
}

async function create(
  engine: Engine,
  name: string,
  runId: string,
  ipam: { Config?: { Subnet: string }[] },
): ReturnType<Engine['network']['create']> {
  const options = { Name: name, Driver: 'bridge', Labels: ownershipLabels(runId) };
  return engine.network.create(ipam.Config === undefined ? options : { ...options, IPAM: ipam });
}
