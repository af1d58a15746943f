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
    const client = this.#target.client();
    await Promise.all([...tracked.uploads].map(([uploadId, key]) => abort(client, bucket, key, uploadId)));
    await Promise.all([...tracked.keys].map((key) => removeObject(client, bucket, key)));
    if (await removeBucket(client, bucket)) return true;
    if (!this.#target.ownsBucketName(bucket)) return false;
    await sweep(client, bucket);
    return removeBucket(client, bucket);
  }
}

const abortSignal = (): AbortSignal => AbortSignal.timeout(10_000);

async function abort(client: S3Client, bucket: string, key: string, uploadId: string): Promise<void> {
  const command = new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId: uploadId });
  await client.send(command, { abortSignal: abortSignal() }).catch(() => undefined);
}

async function removeObject(client: S3Client, bucket: string, key: string): Promise<void> {
  const command = new DeleteObjectCommand({ Bucket: bucket, Key: key });
  await client.send(command, { abortSignal: abortSignal() }).catch(() => undefined);
}

async function removeBucket(client: S3Client, bucket: string): Promise<boolean> {
  try {
    await client.send(new DeleteBucketCommand({ Bucket: bucket }), { abortSignal: abortSignal() });
    return true;
  } catch (error) {
    return (error as { name?: string }).name === 'NoSuchBucket';
  }
}

async function sweep(client: S3Client, bucket: string): Promise<void> {
  try {
    const options = { abortSignal: abortSignal() };
    for (let page = 0; page < 10; page += 1) {
      const listed = await client.send(new ListObjectsV2Command({ Bucket: bucket }), options);
      await Promise.all((listed.Contents ?? []).map(({ Key }) => removeObject(client, bucket, Key ?? '')));
      if (listed.IsTruncated !== true) break;
    }
    const uploads = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }), options);
    await Promise.all(
      (uploads.Uploads ?? []).map(({ Key, UploadId }) => abort(client, bucket, Key ?? '', UploadId ?? '')),
    );
  } catch {
    // The bucket stays; the report names it.
  }
}
