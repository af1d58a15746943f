import { Client, connectivityState, credentials, type Metadata, type ServiceError } from '@grpc/grpc-js';
import { NodeFailure, toNodeFailure } from './node-failure.ts';
import type { OmTimings } from './timings.ts';

/** One OM as the configuration has it. */
export interface OmNodeAddress {
  /** The id in ozone.om.nodes; empty for an OM that is alone. */
  readonly nodeId: string;
  readonly host: string;
  /** Of its gRPC service. */
  readonly port: number;
}

export interface Attempt {
  /** In milliseconds since the epoch. */
  readonly deadline: number;
  readonly signal?: AbortSignal | undefined;
  /** Asked each time that the node has been silent for `silenceMs`: whether to wait no longer. */
  readonly isGone?: () => Promise<boolean>;
}

const method = '/hadoop.ozone.OzoneManagerService/submitRequest';
/** As large as the OM's own limit: ozone.om.grpc.maximum.response.length. */
const maxMessageBytes = 128 * 1024 * 1024;
const channelOptions = {
  'grpc.max_receive_message_length': maxMessageBytes,
  'grpc.max_send_message_length': maxMessageBytes,
  // Not to be read from the environment, and nothing sent twice behind our back.
  'grpc.enable_http_proxy': 0,
  'grpc.enable_retries': 0,
  'grpc.use_local_subchannel_pool': 1,
  'grpc.initial_reconnect_backoff_ms': 200,
  'grpc.max_reconnect_backoff_ms': 2000,
  // Seldom enough for the OM not to take pings for an attack.
  'grpc.keepalive_time_ms': 30_000,
  'grpc.keepalive_timeout_ms': 10_000,
};
const asIs = (message: Buffer): Buffer => message;

/** The connection to one OM. */
export class OmNode {
  readonly nodeId: string;
  readonly address: string;
  readonly #timings: OmTimings;
  #client: Client;

  constructor({ nodeId, host, port }: OmNodeAddress, timings: OmTimings) {
    this.#timings = timings;
    this.nodeId = nodeId;
    this.address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    this.#client = this.#connect();
  }

  get isConnected(): boolean {
    return this.#client.getChannel().getConnectivityState(false) === connectivityState.READY;
  }

  /** Sends an OMRequest; resolves to the bytes of the OMResponse, rejects with NodeFailure or the signal's reason. */
  async submit(request: Buffer, metadata: Metadata, attempt: Attempt): Promise<Buffer> {
    const { deadline, signal, isGone } = attempt;
    await this.#untilConnected(Math.min(deadline, Date.now() + this.#timings.connectMs));
    signal?.throwIfAborted();
    let onAbort: (() => void) | undefined;
    let watch: NodeJS.Timeout | undefined;
    try {
      return await new Promise<Buffer>((resolve, reject) => {
        const answered = (error: ServiceError | null, answer?: Buffer): void => {
          if (error === null && answer !== undefined) resolve(answer);
          else reject(error === null ? new NodeFailure('lost', 'an empty answer') : toNodeFailure(error));
        };
        const call = this.#client.makeUnaryRequest(method, asIs, asIs, request, metadata, { deadline }, answered);
        const giveUp = (reason: Error): void => {
          reject(reason);
          call.cancel();
        };
        const giveUpIf = (gone: boolean): void => {
          if (gone) giveUp(new NodeFailure('lost', `${this.address} has fallen silent`));
        };
        onAbort = () => giveUp(signal?.reason as Error);
        signal?.addEventListener('abort', onAbort);
        if (isGone !== undefined) watch = setInterval(() => void isGone().then(giveUpIf), this.#timings.silenceMs);
      });
    } finally {
      clearInterval(watch);
      if (onAbort !== undefined) signal?.removeEventListener('abort', onAbort);
    }
  }

  /** New calls get a new connection: the present one may be dead without knowing it. Calls under way keep it. */
  reconnect(): void {
    this.#client.close();
    this.#client = this.#connect();
  }

  close(): void {
    this.#client.close();
  }

  #connect(): Client {
    return new Client(this.address, credentials.createInsecure(), channelOptions);
  }

  async #untilConnected(deadline: number): Promise<void> {
    const channel = this.#client.getChannel();
    for (;;) {
      const state = channel.getConnectivityState(true);
      if (state === connectivityState.READY) return;
      const isOver = state === connectivityState.TRANSIENT_FAILURE || state === connectivityState.SHUTDOWN;
      if (isOver || Date.now() >= deadline) throw new NodeFailure('unreachable', `no connection to ${this.address}`);
      await new Promise<void>((resolve) => {
        channel.watchConnectivityState(state, deadline, () => resolve());
      });
    }
  }
}
