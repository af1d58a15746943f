import { connect } from 'node:net';
import type { Socket } from 'node:net';

import { ChunkedLength } from './chunked-length.ts';

export interface HttpResponse {
  readonly status: number;
  /** Status line and header lines. */
  readonly head: string;
  /** Bytes of the body, whether they were kept or not. */
  readonly bodyBytes: number;
  /** Empty unless it was asked for. */
  readonly body: Buffer;
}

export interface Exchange {
  readonly head: string;
  readonly body?: Buffer;
  readonly keepBody?: boolean;
  /** Gets each piece of the answer's body; the piece is overwritten after the call. */
  readonly onBody?: (piece: Buffer) => void;
}

type Done = (error: Error | undefined, response: HttpResponse) => void;

const none = Buffer.alloc(0);
const noResponse: HttpResponse = { status: 0, head: '', bodyBytes: 0, body: none };

/** The value of a header in a response's head. */
export function headerOf(head: string, name: string): string | undefined {
  return new RegExp(`\r\n${name}: *([^\r]*)`, 'i').exec(head)?.[1];
}

/**
 * One keep-alive HTTP/1.1 connection, one request at a time. It shares the processor with the server that is being
 * measured, so it is a socket read into one reused buffer, a search for the end of the head, and a count of bytes.
 * A server that answers `Connection: close` gets a new connection for the next request.
 */
export class Connection {
  readonly #address: { readonly host: string; readonly port: number };
  readonly #readBuffer: Buffer;
  #socket: Socket;
  #isDeclined = false;
  #exchange: Exchange | undefined;
  #done: Done | undefined;
  #error: Error | undefined;
  #pendingHead = '';
  #head: string | undefined;
  #status = 0;
  /** Bytes of the body still to come: known, or told by the chunks. */
  #remaining: number | ChunkedLength = 0;
  #bodyBytes = 0;
  #pieces: Buffer[] = [];

  constructor(host: string, port: number, readBufferBytes: number) {
    this.#address = { host, port };
    this.#readBuffer = Buffer.allocUnsafe(readBufferBytes);
    this.#socket = this.#connect();
  }

  static async open(host: string, port: number, readBufferBytes = 65536): Promise<Connection> {
    const connection = new Connection(host, port, readBufferBytes);
    await new Promise<void>((resolve, reject) => {
      connection.#socket.once('connect', resolve);
      connection.#socket.once('error', reject);
    });
    return connection;
  }

  get isOpen(): boolean {
    return this.#error === undefined;
  }

  /** `done` is called once. */
  start(exchange: Exchange, done: Done): void {
    if (this.#error !== undefined) {
      done(this.#error, noResponse);
      return;
    }
    this.#exchange = exchange;
    this.#done = done;
    if (this.#isDeclined) {
      this.#isDeclined = false;
      this.#socket = this.#connect();
    }
    if (exchange.body === undefined) {
      this.#socket.write(exchange.head, 'latin1');
    } else {
      this.#socket.cork();
      this.#socket.write(exchange.head, 'latin1');
      this.#socket.write(exchange.body);
      this.#socket.uncork();
    }
  }

  async send(exchange: Exchange): Promise<HttpResponse> {
    return new Promise((resolve, reject) => {
      this.start(exchange, (error, response) => {
        if (error === undefined) resolve(response);
        else reject(error);
      });
    });
  }

  close(): void {
    this.#error ??= new Error('the connection was closed here');
    this.#socket.destroy();
  }

  #connect(): Socket {
    const socket = connect({
      ...this.#address,
      noDelay: true,
      onread: {
        buffer: this.#readBuffer,
        callback: (length) => {
          this.#read(this.#readBuffer.subarray(0, length));
          return true;
        },
      },
    });
    socket.on('error', (error) => {
      this.#fail(socket, error);
    });
    socket.on('close', () => {
      this.#fail(socket, new Error('the connection was closed before the answer was complete'));
    });
    return socket;
  }

  #fail(socket: Socket, error: Error): void {
    if (socket !== this.#socket || this.#isDeclined) return;
    this.#error ??= error;
    this.#finish(this.#error);
  }

  #read(piece: Buffer): void {
    let rest = piece;
    while (rest.length > 0 && this.#done !== undefined) {
      rest = this.#head === undefined ? this.#readHead(rest) : this.#readBody(rest);
    }
  }

  #readHead(piece: Buffer): Buffer {
    const carried = this.#pendingHead.length;
    const text = this.#pendingHead + piece.toString('latin1', 0, Math.min(piece.length, 16384));
    const end = text.indexOf('\r\n\r\n');
    if (end === -1) {
      this.#pendingHead = text;
      if (piece.length > 16384 || text.length > 65536) this.#fail(this.#socket, new Error('the answer is no HTTP'));
      return none;
    }
    this.#pendingHead = '';
    this.#takeHead(text.slice(0, end));
    return piece.subarray(end + 4 - carried);
  }

  #takeHead(head: string): void {
    this.#status = Number(head.slice(9, 12));
    if (this.#status < 200) return;
    this.#head = head;
    const hasBody = this.#status !== 204 && this.#status !== 304 && this.#exchange?.head.startsWith('HEAD ') !== true;
    const length = hasBody ? headerOf(head, 'content-length') : '0';
    this.#remaining = length === undefined ? new ChunkedLength() : Number(length);
    if (this.#remaining === 0) this.#finish(undefined);
  }

  #readBody(piece: Buffer): Buffer {
    if (typeof this.#remaining === 'number') {
      const taken = piece.length <= this.#remaining ? piece : piece.subarray(0, this.#remaining);
      this.#remaining -= taken.length;
      this.#takeBody(taken);
      if (this.#remaining === 0) this.#finish(undefined);
      return piece.subarray(taken.length);
    }
    const rest = this.#remaining.read(piece, (taken) => {
      this.#takeBody(taken);
    });
    if (this.#remaining.isComplete) this.#finish(undefined);
    return rest;
  }

  #takeBody(piece: Buffer): void {
    this.#bodyBytes += piece.length;
    if (this.#exchange?.keepBody === true) this.#pieces.push(Buffer.from(piece));
    this.#exchange?.onBody?.(piece);
  }

  #finish(error: Error | undefined): void {
    const done = this.#done;
    if (done === undefined) return;
    const response = {
      status: this.#status,
      head: this.#head ?? '',
      bodyBytes: this.#bodyBytes,
      body: this.#pieces.length === 0 ? none : Buffer.concat(this.#pieces),
    };
    this.#done = undefined;
    this.#exchange = undefined;
    this.#head = undefined;
    this.#bodyBytes = 0;
    if (this.#pieces.length > 0) this.#pieces = [];
    this.#isDeclined = /\r\nconnection: *close/i.test(response.head);
    if (this.#isDeclined) this.#socket.destroy();
    done(error, response);
  }
}
