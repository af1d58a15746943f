import { S3Error } from '../../errors/s3-error.ts';
import type { StoreCall } from '../values.ts';
import { isGdpr } from './key-metadata.ts';
import type { OmClient } from './om/om-client.ts';
import { toS3Error } from './om/om-status.ts';
import { replicationType } from './proto/hdds.ts';
import { bucketLayout, type BucketInfo } from './proto/om.ts';

const keptMs = 5000;
const maxKept = 1000;

/** What the OM says of buckets. Every method throws NoSuchBucket and AccessDenied. */
export class BucketInfos {
  readonly #om: OmClient;
  readonly #kept = new Map<string, { readonly until: number; readonly info: BucketInfo }>();

  constructor(om: OmClient) {
    this.#om = om;
  }

  /** As it is now. */
  async read(call: StoreCall, bucket: string): Promise<BucketInfo> {
    try {
      const { volume } = await this.#om.s3Context(call);
      const request = { volumeName: volume, bucketName: bucket };
      const { bucketInfo } = await this.#om.call(call, 'InfoBucket', request);
      this.#keep(idOf(call, bucket), bucketInfo);
      return bucketInfo;
    } catch (error) {
      throw toS3Error(error, { bucket });
    }
  }

  /** As it was within the last seconds: enough for what a bucket is made with, as its layout and replication. */
  async recent(call: StoreCall, bucket: string): Promise<BucketInfo> {
    const kept = this.#kept.get(idOf(call, bucket));
    return kept !== undefined && kept.until > Date.now() ? kept.info : await this.read(call, bucket);
  }

  /** For when a bucket was made or deleted. */
  forget(call: StoreCall, bucket: string): void {
    this.#kept.delete(idOf(call, bucket));
  }

  #keep(id: string, info: BucketInfo): void {
    if (this.#kept.size >= maxKept) this.#kept.clear();
    this.#kept.set(id, { until: Date.now() + keptMs, info });
  }
}

/** By caller: which volume a bucket is looked for in, and who may see it, is the OM's to say of each. */
function idOf(call: StoreCall, bucket: string): string {
  return `${call.caller.accessId}/${bucket}`;
}

export function isFileSystem(info: BucketInfo): boolean {
  return info.bucketLayout === bucketLayout.fileSystemOptimized;
}

/** Whether names are what they are: in other layouts, the OM may make paths of them. */
export function isObjectStore(info: BucketInfo): boolean {
  return info.bucketLayout === bucketLayout.objectStore;
}

/** A link has another bucket's keys, layout and quota, and metadata of its own that cannot be changed. */
export function isLink(info: BucketInfo): boolean {
  return info.sourceBucket !== '';
}

/**
 * Throws NotImplemented for a bucket whose new keys this gateway could not write as the bucket demands: encrypted, by the
 * KMS or by each client for GDPR; or, where the key names no replication, erasure coded.
 */
export function checkWritable(info: BucketInfo, hasReplication: boolean): void {
  if (info.beinfo !== null) throw unwritable('is encrypted');
  if (isGdpr(info.metadata)) throw unwritable('is to be encrypted for GDPR by those who write to it');
  if (!hasReplication && info.defaultReplicationConfig?.type === replicationType.ec)
    throw unwritable('is erasure coded');
}

function unwritable(why: string): S3Error {
  return new S3Error('NotImplemented', { message: `The bucket ${why}, which this gateway does not write yet.` });
}
