import { setMaxListeners } from 'node:events';
import {
  AbortMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Target } from './target.ts';

interface TrackedBucket {
  readonly keys: Set<string>;
  /** uploadId -> key */
  readonly uploads: Map<string, string>;
}

/**
 * Remembers what a case made, and removes it with AbortMultipartUpload, DeleteObject and DeleteBucket alone.
 * Listing is the last resort, and only in buckets that carry this run's name.
 */
export class Cleanup {
  readonly #target: Target;
  readonly #buckets = new Map<string, TrackedBucket>();

  constructor(target: Target) {
    this.#target = target;
  }

  bucket(bucket: string): void {
    if (!this.#buckets.has(bucket)) this.#buckets.set(bucket, { keys: new Set(), uploads: new Map() });
  }

  /** The bucket was not made after all. */
  forget(bucket: string): void {
    this.#buckets.delete(bucket);
  }

  /** Only in buckets this run made. */
  object(bucket: string, key: string): void {
    this.#buckets.get(bucket)?.keys.add(key);
  }

  upload(bucket: string, key: string, uploadId: string): void {
    this.#buckets.get(bucket)?.uploads.set(uploadId, key);
  }

  /** @returns the buckets that could not be removed */
  async run(): Promise<string[]> {
    const leftBehind: string[] = [];
    for (const [bucket, tracked] of this.#buckets) {
      if (!(await this.#remove(bucket, tracked))) leftBehind.push(bucket);
    }
    this.#buckets.clear();
    return leftBehind;
  }

  async #remove(bucket: string, tracked: TrackedBucket): Promise<boolean> {
    const sender = new Sender(this.#target.client(), this.#target.housekeepingTimeoutMs);
    await Promise.all([...tracked.uploads].map(([uploadId, key]) => sender.abort(bucket, key, uploadId)));
    await Promise.all([...tracked.keys].map((key) => sender.removeObject(bucket, key)));
    if (await sender.removeBucket(bucket)) return true;
    if (!this.#target.ownsBucketName(bucket)) return false;
    await sender.sweep(bucket);
    return sender.removeBucket(bucket);
  }
}

/** What cleaning up sends, all within one time limit. */
class Sender {
  readonly #client: S3Client;
  readonly #deadline: AbortSignal;

  constructor(client: S3Client, timeoutMs: number) {
    this.#client = client;
    this.#deadline = AbortSignal.timeout(timeoutMs);
    setMaxListeners(0, this.#deadline);
  }

  async abort(bucket: string, key: string, uploadId: string): Promise<void> {
    const command = new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId: uploadId });
    await this.#client.send(command, { abortSignal: this.#deadline }).catch(() => undefined);
  }

  async removeObject(bucket: string, key: string): Promise<void> {
    const command = new DeleteObjectCommand({ Bucket: bucket, Key: key });
    await this.#client.send(command, { abortSignal: this.#deadline }).catch(() => undefined);
  }

  async removeBucket(bucket: string): Promise<boolean> {
    try {
      await this.#client.send(new DeleteBucketCommand({ Bucket: bucket }), { abortSignal: this.#deadline });
      return true;
    } catch (error) {
      return (error as { name?: string }).name === 'NoSuchBucket';
    }
  }

  async sweep(bucket: string): Promise<void> {
    const options = { abortSignal: this.#deadline };
    try {
      for (let page = 0; page < 10; page += 1) {
        const listed = await this.#client.send(new ListObjectsV2Command({ Bucket: bucket }), options);
        await Promise.all((listed.Contents ?? []).map(({ Key }) => this.removeObject(bucket, Key ?? '')));
        if (listed.IsTruncated !== true) break;
      }
      const { Uploads = [] } = await this.#client.send(new ListMultipartUploadsCommand({ Bucket: bucket }), options);
      await Promise.all(Uploads.map(({ Key, UploadId }) => this.abort(bucket, Key ?? '', UploadId ?? '')));
    } catch {
      // The bucket stays; the report names it.
    }
  }
}
