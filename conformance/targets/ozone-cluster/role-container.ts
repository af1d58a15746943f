import { GenericContainer, Wait, type StartedTestContainer } from 'testcontainers';
import type { Engine } from './engine.ts';
import type { ClusterNetwork } from './network.ts';
import { ownershipLabels } from './ownership.ts';
import { addressIn, type PlannedRole } from './plan.ts';

export interface CommandOutput {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A role of a cluster that a test may disturb. Its data and its address outlast its process. */
export interface RoleContainer {
  readonly name: string;
  /** What the engine calls it, as in `docker logs`. */
  readonly containerName: string;
  readonly address: string;
  /** It answers here when it is up. */
  readonly port: number;
  exec(command: readonly string[]): Promise<CommandOutput>;
  /** Ends the process at once. */
  kill(): Promise<void>;
  /** Lets the process end by itself, for 10 s. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Freezes the process: its connections stay open, and nothing answers. */
  pause(): Promise<void>;
  unpause(): Promise<void>;
  isRunning(): Promise<boolean>;
  logTail(lines: number): Promise<string>;
}

export interface RolePlace {
  readonly engine: Engine;
  readonly network: ClusterNetwork;
  readonly image: string;
  readonly runId: string;
  /** All roles of the cluster. */
  readonly roles: readonly PlannedRole[];
  /** Also answers on this port of the machine. */
  readonly hostPort?: number | undefined;
}

export async function startRole(role: PlannedRole, place: RolePlace): Promise<RoleContainer> {
  const { image, network, runId } = place;
  const addressOf = ({ addressIndex }: PlannedRole): string => addressIn(network.subnet, addressIndex);
  const address = addressOf(role);
  const containerName = `ozone-${runId}-${role.name}`;
  const container = new FixedAddressContainer(image, network.name, address)
    .withName(containerName)
    .withHostname(role.name)
    .withCommand([...role.command])
    .withEnvironment(role.environment)
    .withLabels(ownershipLabels(runId))
    // The engine's own name service needs rules in the kernel that not every machine allows.
    .withExtraHosts(place.roles.map((other) => ({ host: other.name, ipAddress: addressOf(other) })))
    // Its reaper has nothing to do here, see ownership.ts.
    .withAutoCleanup(false)
    .withWaitStrategy(Wait.forSuccessfulCommand('true'));
  if (place.hostPort !== undefined) container.withExposedPorts({ container: role.port, host: place.hostPort });
  return roleContainer({ ...role, address, containerName }, place.engine, await container.start());
}

/** Testcontainers lets a container choose its network, but not its address in it. */
class FixedAddressContainer extends GenericContainer {
  constructor(image: string, network: string, address: string) {
    super(image);
    this.withNetworkMode(network);
    this.createOpts.NetworkingConfig = { EndpointsConfig: { [network]: { IPAMConfig: { IPv4Address: address } } } };
  }
}

function roleContainer(
  facts: Pick<RoleContainer, 'name' | 'containerName' | 'address' | 'port'>,
  { container: containers }: Engine,
  started: StartedTestContainer,
): RoleContainer {
  const { name, containerName, address, port } = facts;
  const container = containers.getById(started.getId());
  return {
    name,
    containerName,
    address,
    port,
    exec: (command) => containers.exec(container, [...command]),
    kill: async () => {
      await container.kill();
    },
    stop: async () => {
      await container.stop({ t: 10 });
    },
    start: async () => {
      await container.start();
    },
    pause: async () => {
      await container.pause();
    },
    unpause: async () => {
      await container.unpause();
    },
    isRunning: async () => (await container.inspect()).State.Running,
    logTail: async (lines) => plainLog(await container.logs({ stdout: true, stderr: true, tail: lines })),
  };
}

/** The engine's framing of the two outputs: 8 bytes, of which the last four are the length of what follows. */
function plainLog(framed: Buffer): string {
  const pieces: Buffer[] = [];
  for (let at = 0; at + 8 <= framed.length;) {
    const end = at + 8 + framed.readUInt32BE(at + 4);
    pieces.push(framed.subarray(at + 8, end));
    at = end;
  }
  return Buffer.concat(pieces).toString();
}
