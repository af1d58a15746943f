import { createHash } from 'node:crypto';

import type { HttpResponse } from '../../bench/connection.ts';
import type { Endpoint } from '../../bench/sign.ts';
import { WireClient } from '../wire-client.ts';
import { stateOf } from './known-state.ts';
import type { KnownStates } from './known-state.ts';

export const crashBucket = 'crashes';

const keysPerWriter = 4;
const smallBytes = 2000;
const largeBytes = 300_000;

/** Says by a hash of what is to be decided, so that a run can be repeated. */
function decide(subject: string): number {
  return createHash('sha256').update(subject).digest().readUInt32BE() / 2 ** 32;
}

function bodyOf(subject: string, length: number): Buffer {
  return Buffer.alloc(length, `${subject}\n`);
}

/** One client that writes to keys of its own, without a pause, until the gateway has gone. */
export class Writer {
  readonly #client: WireClient;
  readonly #states: KnownStates;
  readonly #subject: string;
  /** Parts that were acknowledged, of uploads whose completion was not. */
  readonly openUploads = new Map<string, { readonly key: string; readonly etag: string; readonly state: string }>();

  constructor(endpoint: Endpoint, states: KnownStates, subject: string) {
    this.#client = new WireClient(endpoint);
    this.#states = states;
    this.#subject = subject;
  }

  /** Resolves when a request went unanswered; rejects when one was answered with an error. */
  async run(round: number): Promise<void> {
    for (let serial = 0; ; serial += 1) {
      const subject = `${this.#subject} round ${round} write ${serial}`;
      const key = `${this.#subject}/key ${serial % keysPerWriter}`;
      try {
        await this.#write(key, subject);
      } catch (error) {
        this.#client.close();
        if (error instanceof Refusal) throw error;
        return;
      }
    }
  }

  async #write(key: string, subject: string): Promise<void> {
    const choice = decide(subject);
    if (choice < 0.4) await this.#put(key, bodyOf(subject, smallBytes));
    else if (choice < 0.65) await this.#put(key, bodyOf(subject, largeBytes));
    else if (choice < 0.8) await this.#upload(key, bodyOf(subject, choice < 0.73 ? smallBytes : largeBytes));
    else await this.#delete(key);
  }

  async #put(key: string, body: Buffer): Promise<void> {
    await this.#states.change(key, stateOf(body), async () => {
      accept(await this.#client.put(crashBucket, key, body), 200);
    });
  }

  async #delete(key: string): Promise<void> {
    await this.#states.change(key, 'absent', async () => {
      accept(await this.#client.delete(crashBucket, key), 204);
    });
  }

  async #upload(key: string, body: Buffer): Promise<void> {
    const uploadId = await this.#client.createUpload(crashBucket, key);
    const etag = await this.#client.putPart(crashBucket, key, { uploadId, partNumber: 1, body });
    this.openUploads.set(uploadId, { key, etag, state: stateOf(body) });
    await this.#states.change(key, stateOf(body), async () => {
      accept(await this.#client.completeUpload(crashBucket, key, { uploadId, etags: [etag] }), 200);
    });
    this.openUploads.delete(uploadId);
  }
}

class Refusal extends Error {}

function accept(response: HttpResponse, status: number): void {
  if (response.status === status && !response.body.includes('<Error>')) return;
  throw new Refusal(`answered ${response.status}: ${response.body.toString()}`);
}
