import { Connection } from './connection.ts';
import type { Exchange, HttpResponse } from './connection.ts';
import type { Session } from './session.ts';

/** A request that is ready to be written, and how its answer must look. */
export interface Prepared extends Exchange {
  readonly status: number;
  /** Length of the answer's body; unchecked when absent. */
  readonly bodyBytes?: number;
}

/** Requests that were prepared before the clock starts; `undefined` ends the measurement. */
export interface Load {
  next(): Prepared | undefined;
  /** Sees each answer of a request with `keepBody`. */
  take?(response: HttpResponse): void;
}

export interface Measured {
  readonly count: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

class Measurement {
  readonly #load: Load;
  readonly #deadline: number;
  readonly #latencies: number[] = [];

  constructor(load: Load, seconds: number) {
    this.#load = load;
    this.#deadline = performance.now() + seconds * 1000;
  }

  /** Sends one request after the other over a connection until time or the requests are used up. */
  async drive(connection: Connection): Promise<void> {
    return new Promise((resolve, reject) => {
      const sendNext = (): void => {
        const startedAt = performance.now();
        const prepared = startedAt < this.#deadline ? this.#load.next() : undefined;
        if (prepared === undefined) {
          resolve();
          return;
        }
        connection.start(prepared, (error, response) => {
          const fault = error ?? faultOf(prepared, response);
          if (fault !== undefined) {
            reject(fault);
            return;
          }
          this.#latencies.push(performance.now() - startedAt);
          if (prepared.keepBody === true) this.#load.take?.(response);
          sendNext();
        });
      };
      sendNext();
    });
  }

  result(seconds: number): Measured {
    const sorted = this.#latencies.sort((a, b) => a - b);
    return { count: sorted.length, seconds, p50Ms: quantile(sorted, 0.5), p99Ms: quantile(sorted, 0.99) };
  }
}

function faultOf(prepared: Prepared, response: HttpResponse): Error | undefined {
  const sizeIsRight = prepared.bodyBytes === undefined || response.bodyBytes === prepared.bodyBytes;
  if (response.status === prepared.status && sizeIsRight) return undefined;
  const request = prepared.head.slice(0, prepared.head.indexOf(' HTTP'));
  return new Error(`${request} answered ${response.status} with ${response.bodyBytes} bytes`);
}

/** Runs `load` against a session's endpoint, on fresh connections. */
export async function measure(session: Session, load: Load, clients: number, seconds: number): Promise<Measured> {
  const { host, port, name } = session.endpoint;
  const readBufferBytes = clients < 16 ? 1 << 20 : 1 << 16;
  const connections = await Promise.all(
    Array.from({ length: clients }, async () => Connection.open(host, port, readBufferBytes)),
  );
  const startedAt = performance.now();
  const measurement = new Measurement(load, seconds);
  try {
    await Promise.all(connections.map(async (connection) => measurement.drive(connection)));
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  } finally {
    for (const connection of connections) connection.close();
  }
  return measurement.result((performance.now() - startedAt) / 1000);
}
