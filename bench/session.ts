import { createHash, randomUUID } from 'node:crypto';

import { Connection } from './connection.ts';
import type { Exchange, HttpResponse } from './connection.ts';
import { objectPath, signedHead } from './sign.ts';
import type { Endpoint, UnsignedRequest } from './sign.ts';

/** Requests in flight while objects are made or removed off the clock. */
const fillWidth = 32;

/** One endpoint under measurement, with buckets of its own. What is done here is off the clock. */
export class Session {
  readonly endpoint: Endpoint;
  readonly bucket = `bench-${randomUUID().slice(0, 13)}`;
  readonly listBucket = `${this.bucket}-list`;
  readonly pageBucket = `${this.bucket}-page`;
  readonly #made = new Set<string>();
  /** What rows have prepared and need not prepare again. */
  readonly #prepared = new Map<string, Promise<void>>();

  constructor(endpoint: Endpoint) {
    this.endpoint = endpoint;
  }

  async once(what: string, prepare: () => Promise<void>): Promise<void> {
    let prepared = this.#prepared.get(what);
    if (prepared === undefined) {
      prepared = prepare();
      this.#prepared.set(what, prepared);
    }
    await prepared;
  }

  head(request: UnsignedRequest): string {
    return signedHead(this.endpoint, request);
  }

  objectHead(method: string, key: string, body?: Buffer): string {
    return this.head({ method, path: objectPath(this.bucket, key), contentLength: body?.length ?? 0 });
  }

  async makeBucket(bucket: string): Promise<void> {
    await this.once(`bucket ${bucket}`, async () => {
      await this.#run([{ head: this.head({ method: 'PUT', path: `/${bucket}` }) }], 200);
      this.#made.add(bucket);
    });
  }

  async fill(bucket: string, keys: readonly string[], body: Buffer): Promise<void> {
    const exchanges = keys.map((key) => ({
      head: this.head({ method: 'PUT', path: objectPath(bucket, key), contentLength: body.length }),
      body,
    }));
    await this.#run(exchanges, 200);
  }

  async remove(keys: readonly string[]): Promise<void> {
    await this.#run(
      keys.map((key) => ({ head: this.objectHead('DELETE', key) })),
      204,
    );
  }

  /** Compares what the endpoint has under each key with what it should have. */
  async verify(keys: readonly string[], body: Buffer): Promise<void> {
    const expected = createHash('md5').update(body).digest('hex');
    for (const key of keys) {
      const hash = createHash('md5');
      const exchange = { head: this.objectHead('GET', key), onBody: (piece: Buffer) => hash.update(piece) };
      await this.#run([exchange], 200);
      const actual = hash.digest('hex');
      if (actual !== expected) throw new Error(`${this.endpoint.name}: ${key} has MD5 ${actual}, not ${expected}`);
    }
  }

  async verifyAbsent(keys: readonly string[]): Promise<void> {
    await this.#run(
      keys.map((key) => ({ head: this.objectHead('HEAD', key) })),
      404,
    );
  }

  async get(path: string, query: Readonly<Record<string, string>>): Promise<HttpResponse> {
    const connection = await Connection.open(this.endpoint.host, this.endpoint.port);
    try {
      const response = await connection.send({ head: this.head({ method: 'GET', path, query }), keepBody: true });
      if (response.status !== 200) throw new Error(`${this.endpoint.name}: ${path} answered ${response.status}`);
      return response;
    } finally {
      connection.close();
    }
  }

  /** Removes every bucket that was made here, and all that is in it. */
  async cleanUp(): Promise<void> {
    for (const bucket of this.#made) {
      for (let keys = await this.#keys(bucket); keys.length > 0; keys = await this.#keys(bucket)) {
        await this.#run(
          keys.map((key) => ({ head: this.head({ method: 'DELETE', path: objectPath(bucket, key) }) })),
          204,
        );
      }
      await this.#run([{ head: this.head({ method: 'DELETE', path: `/${bucket}` }) }], 204);
    }
  }

  async #keys(bucket: string): Promise<string[]> {
    const { body } = await this.get(`/${bucket}`, { 'list-type': '2' });
    return listedKeys(body);
  }

  async #run(exchanges: readonly Exchange[], status: number): Promise<void> {
    const { host, port, name } = this.endpoint;
    const waiting = exchanges.values();
    const work = async (): Promise<void> => {
      const connection = await Connection.open(host, port, 1 << 18);
      try {
        for (const exchange of waiting) {
          const response = await connection.send({ ...exchange, keepBody: exchange.onBody === undefined });
          if (response.status !== status) {
            const request = exchange.head.slice(0, exchange.head.indexOf(' HTTP'));
            throw new Error(
              `${name}: ${request} answered ${response.status}, not ${status}\n${response.body.toString()}`,
            );
          }
        }
      } finally {
        connection.close();
      }
    };
    await Promise.all(Array.from({ length: Math.min(fillWidth, exchanges.length) }, work));
  }
}

/** The keys that a listing document names, in its order. Keys of the benchmark need no unescaping. */
export function listedKeys(document: Buffer): string[] {
  return Array.from(document.toString().matchAll(/<Key>([^<]*)<\/Key>/g), (match) => match[1] ?? '');
}
