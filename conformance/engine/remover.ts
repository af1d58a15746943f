import { setMaxListeners } from 'node:events';
import {
  AbortMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3';

/** What cleaning up sends, all within one time limit. */
export class Remover {
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

  /** @returns whether it is gone */
  async removeBucket(bucket: string): Promise<boolean> {
    try {
      await this.#client.send(new DeleteBucketCommand({ Bucket: bucket }), { abortSignal: this.#deadline });
      return true;
    } catch (error) {
      return (error as { name?: string }).name === 'NoSuchBucket';
    }
  }

  /** Whether listings show neither objects nor uploads; undefined where they are refused. */
  async isEmpty(bucket: string): Promise<boolean | undefined> {
    const options = { abortSignal: this.#deadline };
    try {
      const { Contents = [] } = await this.#client.send(new ListObjectsV2Command({ Bucket: bucket }), options);
      const { Uploads = [] } = await this.#client.send(new ListMultipartUploadsCommand({ Bucket: bucket }), options);
      return Contents.length + Uploads.length === 0;
    } catch {
      return undefined;
    }
  }

  /** Removes what a listing shows. */
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
