import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { setTimeout as pause } from 'node:timers/promises';
import { parseResponses, type RawResponse } from './http-response.ts';

/** What to do on the connection, in order. */
export type SocketStep =
  | { readonly send: string | Uint8Array }
  | { readonly pauseMs: number }
  /** Wait until an interim or final response with a status has come, e.g. 100 before the body. */
  | { readonly awaitHead: true }
  /** Half-close: no more bytes from us. */
  | { readonly finish: true }
  /** Tear the connection down. */
  | { readonly destroy: true };

export interface SocketScript {
  readonly steps: readonly SocketStep[];
  /** The methods of the requests in `steps`, so that responses are read rightly. */
  readonly methods: readonly string[];
  readonly signal: AbortSignal;
  /** PEM of the authority that signed the endpoint's certificate. */
  readonly ca?: string | undefined;
}

export interface SocketOutcome {
  readonly responses: readonly RawResponse[];
  /** All bytes that came. */
  readonly received: Buffer;
  readonly closedByPeer: boolean;
  readonly error: Error | undefined;
}

class Conversation {
  readonly #socket: Socket;
  readonly #script: SocketScript;
  readonly #pieces: Buffer[] = [];
  #wake: () => void = () => undefined;
  ended = false;
  error: Error | undefined;

  constructor(socket: Socket, script: SocketScript) {
    this.#socket = socket;
    this.#script = script;
    socket.on('data', (piece: Buffer) => {
      this.#pieces.push(piece);
      this.#wake();
    });
    socket.on('end', () => {
      this.#finish();
    });
    socket.on('close', () => {
      this.#finish();
    });
    socket.on('error', (error) => {
      this.error = error;
      this.#finish();
    });
    script.signal.addEventListener('abort', () => socket.destroy(new Error('timed out')), { once: true });
  }

  #finish(): void {
    this.ended = true;
    this.#wake();
  }

  get received(): Buffer {
    return Buffer.concat(this.#pieces);
  }

  async until(holds: () => boolean): Promise<void> {
    while (!this.ended && !holds()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  isAnswered(): boolean {
    try {
      return parseResponses(this.received, this.#script.methods, this.ended).done;
    } catch {
      return true; // not HTTP: nothing more to wait for
    }
  }

  async play(step: SocketStep): Promise<void> {
    if (this.ended) return;
    if ('send' in step)
      await new Promise<void>((resolve) =>
        this.#socket.write(step.send, () => {
          resolve();
        }),
      );
    else if ('pauseMs' in step) await pause(step.pauseMs);
    else if ('awaitHead' in step) await this.until(() => this.received.includes('\r\n\r\n'));
    else if ('finish' in step) this.#socket.end();
    else this.#socket.destroy();
  }
}

function open(endpoint: URL, ca: string | undefined): Socket {
  const isTls = endpoint.protocol === 'https:';
  const port = endpoint.port === '' ? (isTls ? 443 : 80) : Number(endpoint.port);
  const host = endpoint.hostname.replace(/^\[|\]$/g, '');
  // The name of a certificate is no IP address.
  const name = isIP(host) === 0 ? { servername: host } : {};
  if (isTls) return connectTls({ host, port, ...name, ...(ca === undefined ? {} : { ca }) });
  return connectPlain({ host, port });
}

/** Opens one connection, plays the steps and reads until every request is answered or the connection ends. */
export async function converse(endpoint: URL, script: SocketScript): Promise<SocketOutcome> {
  const socket = open(endpoint, script.ca);
  const conversation = new Conversation(socket, script);
  try {
    for (const step of script.steps) await conversation.play(step);
    await conversation.until(() => conversation.isAnswered());
  } finally {
    socket.destroy();
  }
  const { received, ended: closedByPeer } = conversation;
  try {
    const { responses } = parseResponses(received, script.methods, closedByPeer);
    return { responses, received, closedByPeer, error: conversation.error };
  } catch (error) {
    return { responses: [], received, closedByPeer, error: error as Error };
  }
}
