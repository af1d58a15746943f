import { Client, connectivityState, status, type ChannelCredentials, type ClientDuplexStream } from '@grpc/grpc-js';
import type { DatanodeDetails } from '../proto/hdds.ts';

/** Messages as bytes: each protocol has codecs of its own, and a reply is decoded by who knows what was asked. */
export type RawStream = ClientDuplexStream<Buffer, Buffer>;

/** Names of a datanode's ports, as DatanodeDetails lists them: direct commands, and those through Raft. */
export type PortName = 'STANDALONE' | 'RATIS';

/** How long the other side may take to end a stream that was ended here. */
const endPatienceMs = 500;

/** Ends a stream; one whose other side is gone without a word is cancelled soon. Clear the timer when it has ended. */
export function endStream(raw: RawStream): NodeJS.Timeout {
  raw.end();
  return setTimeout(() => raw.cancel(), endPatienceMs).unref();
}

export interface ChannelSettings {
  readonly credentials: ChannelCredentials;
  /** Connects by host name, not by IP address (hdds.datanode.use.datanode.hostname). */
  readonly useHostNames: boolean;
  /** After how long without any stream a connection is closed; at least a second. */
  readonly idleMs: number;
  readonly connectTimeoutMs: number;
}

/** host:port of a datanode's port. Throws where it doesn't have one of that name. */
export function addressOf(datanode: DatanodeDetails, port: PortName, useHostNames: boolean): string {
  const found = datanode.ports.find(({ name }) => name === port);
  if (found === undefined) throw new Error(`datanode ${datanode.uuid} has no port ${port}`);
  const host = useHostNames ? datanode.hostName : datanode.ipAddress;
  return host.includes(':') ? `[${host}]:${found.value}` : `${host}:${found.value}`;
}

/** The gRPC connections to datanodes, one for each of their ports; opened when first used, closed when idle. */
export class Channels {
  readonly #settings: ChannelSettings;
  readonly #clients = new Map<string, Client>();

  constructor(settings: ChannelSettings) {
    this.#settings = settings;
  }

  /**
   * A new stream of a bidirectional method, such as `/ratis.grpc.RaftClientProtocolService/ordered`. It fails with
   * UNAVAILABLE when no connection is made in time. Whoever opens a stream listens to its errors, and ends or cancels it.
   */
  open(datanode: DatanodeDetails, port: PortName, method: string): RawStream {
    const client = this.#client(addressOf(datanode, port, this.#settings.useHostNames));
    const stream = client.makeBidiStreamRequest(method, asIs, asIs);
    const channel = client.getChannel();
    const isConnected = (): boolean => channel.getConnectivityState(false) === connectivityState.READY;
    if (isConnected()) return stream;
    // A host that is down answers nothing at all, and TCP alone tries it for minutes.
    const timer = setTimeout(() => {
      if (isConnected()) return;
      const details = `no connection to ${channel.getTarget()} in ${this.#settings.connectTimeoutMs} ms`;
      stream.call?.cancelWithStatus(status.UNAVAILABLE, details);
    }, this.#settings.connectTimeoutMs);
    stream.once('status', () => clearTimeout(timer));
    return stream;
  }

  close(): void {
    for (const client of this.#clients.values()) client.close();
    this.#clients.clear();
  }

  #client(address: string): Client {
    let client = this.#clients.get(address);
    if (client === undefined) {
      client = new Client(address, this.#settings.credentials, channelOptions(this.#settings.idleMs));
      this.#clients.set(address, client);
    }
    return client;
  }
}

const mebibyte = 1024 * 1024;

function channelOptions(idleMs: number): Record<string, number> {
  return {
    // A chunk is at most 32 MiB in one message, and has a header beside.
    'grpc.max_receive_message_length': 64 * mebibyte,
    'grpc.max_send_message_length': 64 * mebibyte,
    // HTTP/2's 64 KiB would make a round trip of every 64 KiB.
    'grpc-node.flow_control_window': 8 * mebibyte,
    // Retries would keep copies of what was sent; which replica is asked next is decided above.
    'grpc.enable_retries': 0,
    'grpc.enable_http_proxy': 0,
    'grpc.client_idle_timeout_ms': idleMs,
    // A datanode that is back shall be found soon.
    'grpc.initial_reconnect_backoff_ms': 200,
    'grpc.max_reconnect_backoff_ms': 5000,
  };
}

function asIs(bytes: Buffer): Buffer {
  return bytes;
}
