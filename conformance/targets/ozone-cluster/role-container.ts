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
  readonly containerId: string;
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
  /** Also answers on this port of the machine. */
  readonly hostPort?: number | undefined;
}

export async function startRole(role: PlannedRole, place: RolePlace): Promise<RoleContainer> {
  const address = addressIn(place.network.subnet, role.addressIndex);
  const container = new FixedAddressContainer(place.image, place.network.name, role.name, address)
    .withName(`ozone-${place.runId}-${role.name}`)
    .withHostname(role.name)
    .withCommand([...role.command])
    .withEnvironment(role.environment)
    .withLabels(ownershipLabels(place.runId))
    // Its reaper has nothing to do here, see ownership.ts.
    .withAutoCleanup(false)
    .withWaitStrategy(Wait.forSuccessfulCommand('true'));
  if (place.hostPort !== undefined) container.withExposedPorts({ container: role.port, host: place.hostPort });
  return roleContainer(role, address, place.engine, await container.start());
}

/** Testcontainers lets a container choose its network, but not its address in it. */
class FixedAddressContainer extends GenericContainer {
  readonly #endpoint: { readonly Aliases: string[]; readonly IPAMConfig: { readonly IPv4Address: string } };
  readonly #network: string;

  constructor(image: string, network: string, alias: string, address: string) {
    super(image);
    this.#network = network;
    this.#endpoint = { Aliases: [alias], IPAMConfig: { IPv4Address: address } };
    this.withNetworkMode(network);
  }

  protected override async beforeContainerCreated(): Promise<void> {
    this.createOpts.NetworkingConfig = { EndpointsConfig: { [this.#network]: this.#endpoint } };
  }
}

function roleContainer(
  { name, port }: PlannedRole,
  address: string,
  { container: containers }: Engine,
  started: StartedTestContainer,
): RoleContainer {
  const container = containers.getById(started.getId());
  return {
    name,
    containerId: container.id,
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
