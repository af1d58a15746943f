import { status } from '@grpc/grpc-js';
import type { DatanodeDetails } from '../proto/hdds.ts';
import { endStream, type Channels, type RawStream } from './channels.ts';
import { sendMethod } from './container-command.ts';

export interface ExchangeLimits {
  readonly timeoutMs: number;
  /** Ends the exchange at once, which then rejects with the signal's reason. */
  readonly signal: AbortSignal;
}

/**
 * Streams of container commands to datanodes, kept for the next to come: a new stream costs about as much as a small
 * read. A datanode works through a stream one command after the other, so each has one user at a time.
 */
export class CommandStreams {
  readonly #channels: Channels;
  readonly #idleMs: number;
  readonly #idle = new Map<string, CommandStream[]>();

  /** A stream that nobody used for `idleMs` is ended. */
  constructor(channels: Channels, idleMs: number) {
    this.#channels = channels;
    this.#idleMs = idleMs;
  }

  /**
   * Encoded commands, sent in one go, and the datanode's replies in their order. Rejects with what gRPC says; a reply
   * that reports a failure is a reply.
   */
  async exchange(datanode: DatanodeDetails, commands: readonly Buffer[], limits: ExchangeLimits): Promise<Buffer[]> {
    limits.signal.throwIfAborted();
    const stream = this.#take(datanode);
    const replies = await stream.exchange(commands, limits);
    const idle = this.#idleOf(datanode);
    idle.push(stream);
    stream.rest(this.#idleMs, () => void idle.splice(idle.indexOf(stream), 1));
    return replies;
  }

  close(): void {
    for (const streams of this.#idle.values()) for (const stream of streams) stream.cancel('the gateway stops');
    this.#idle.clear();
  }

  #take(datanode: DatanodeDetails): CommandStream {
    const idle = this.#idleOf(datanode);
    for (let stream = idle.pop(); stream !== undefined; stream = idle.pop()) if (stream.wake()) return stream;
    return new CommandStream(this.#channels.open(datanode, 'STANDALONE', sendMethod));
  }

  #idleOf({ uuid }: DatanodeDetails): CommandStream[] {
    let idle = this.#idle.get(uuid);
    if (idle === undefined) this.#idle.set(uuid, (idle = []));
    return idle;
  }
}

class CommandStream {
  readonly #stream: RawStream;
  readonly #replies: AsyncIterator<Buffer, undefined>;
  #idleTimer: NodeJS.Timeout | undefined;
  #isOver = false;
  /** While it rests: takes it from those that may be used again. */
  #leave: (() => void) | undefined;

  constructor(stream: RawStream) {
    this.#stream = stream;
    this.#replies = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
    // Whoever waits for a reply hears of it there; an idle stream may fail unheard.
    stream.on('error', () => undefined);
    stream.once('status', () => {
      this.#end();
    });
  }

  async exchange(commands: readonly Buffer[], { timeoutMs, signal }: ExchangeLimits): Promise<Buffer[]> {
    const stop = (): void => this.cancel('not wanted any more');
    signal.addEventListener('abort', stop, { once: true });
    const timer = setTimeout(() => this.cancel(`no reply in ${timeoutMs} ms`, status.DEADLINE_EXCEEDED), timeoutMs);
    try {
      for (const command of commands) this.#stream.write(command);
      return await this.#repliesOf(commands.length);
    } catch (error) {
      this.cancel('failed');
      throw signal.aborted ? signal.reason : error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
  }

  /** `leave` is called if it ends before it is used again. */
  rest(idleMs: number, leave: () => void): void {
    if (this.#isOver) {
      leave();
      return;
    }
    this.#leave = leave;
    this.#idleTimer = setTimeout(() => {
      this.#end();
      endStream(this.#stream);
    }, idleMs).unref();
  }

  #end(): void {
    clearTimeout(this.#idleTimer);
    this.#isOver = true;
    this.#leave?.();
    this.#leave = undefined;
  }

  /** Whether it can be used again. */
  wake(): boolean {
    clearTimeout(this.#idleTimer);
    this.#leave = undefined;
    return !this.#isOver;
  }

  cancel(details: string, code = status.CANCELLED): void {
    this.#stream.call?.cancelWithStatus(code, details);
  }

  async #repliesOf(count: number): Promise<Buffer[]> {
    const replies: Buffer[] = [];
    while (replies.length < count) {
      const { done, value } = await this.#replies.next();
      if (done) throw new Error('the datanode ended the stream');
      replies.push(value);
    }
    return replies;
  }
}
