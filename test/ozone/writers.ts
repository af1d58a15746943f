import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import { PatternedObject } from './patterned-object.ts';

export interface Written {
  /** Objects whose write was acknowledged. */
  readonly acknowledged: ReadonlyMap<string, PatternedObject>;
  /** HTTP statuses of the writes that failed in the end, 0 for one that had no answer. */
  readonly failures: readonly number[];
  /** The longest that a write took, the SDK's attempts together. */
  readonly longestMs: number;
  readonly attempts: number;
}

/** Writers that put one object after the other, while something happens to the cluster. */
export class Writers {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #acknowledged = new Map<string, PatternedObject>();
  readonly #failures: number[] = [];
  #longestMs = 0;
  #attempts = 0;
  #isStopping = false;
  readonly #running: Promise<unknown>;

  constructor(client: S3Client, bucket: string, { prefix, sizes }: { prefix: string; sizes: readonly number[] }) {
    this.#client = client;
    this.#bucket = bucket;
    this.#running = Promise.all(sizes.map((size, index) => this.#write(`${prefix}/${index}`, size)));
  }

  get acknowledgedCount(): number {
    return this.#acknowledged.size;
  }

  /** Lets each writer finish its object. */
  async stop(): Promise<Written> {
    this.#isStopping = true;
    await this.#running;
    return {
      acknowledged: this.#acknowledged,
      failures: this.#failures,
      longestMs: this.#longestMs,
      attempts: this.#attempts,
    };
  }

  async #write(prefix: string, size: number): Promise<void> {
    for (let count = 0; !this.#isStopping; count++) {
      const key = `${prefix}/${count}`;
      const object = new PatternedObject(size, count + 1);
      const startedAt = performance.now();
      try {
        const { $metadata } = await this.#client.send(
          new PutObjectCommand({ Bucket: this.#bucket, Key: key, Body: object.bytes() }),
        );
        this.#attempts += $metadata.attempts ?? 1;
        this.#acknowledged.set(key, object);
      } catch (error) {
        this.#failures.push(statusOf(error));
      }
      this.#longestMs = Math.max(this.#longestMs, performance.now() - startedAt);
    }
  }
}

export function statusOf(error: unknown): number {
  const metadata = (error as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata;
  return metadata?.httpStatusCode ?? 0;
}

/** Of the acknowledged objects those that are not read back as they were written, and what is wrong with each. */
export async function damaged(client: S3Client, bucket: string, written: Written): Promise<string[]> {
  const found: string[] = [];
  for (const [Key, object] of written.acknowledged) {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
    const difference = await object.differenceFrom(Body as AsyncIterable<Uint8Array>);
    if (difference !== undefined) found.push(`${Key}: ${difference}`);
  }
  return found;
}
