import type { Capabilities } from '../capabilities.ts';
import type { ObjectStore } from '../port.ts';
import * as buckets from './buckets.ts';
import { completeUpload } from './completing.ts';
import { copyObject, copyPart } from './copying.ts';
import type { Instance } from './instance.ts';
import type { Internals } from './internals.ts';
import { listObjects } from './listing.ts';
import * as objects from './objects.ts';
import { openObject } from './opening.ts';
import { sweep, Sweeper, type SweepReport } from './sweep.ts';
import { listUploads } from './upload-listing.ts';
import * as uploads from './uploads.ts';

/** The arguments and the answer of a method of the port. */
type Arguments<M extends keyof ObjectStore> = ObjectStore[M] extends (...args: infer A) => unknown ? A : never;
type Answer<M extends keyof ObjectStore> = ObjectStore[M] extends (...args: never[]) => infer R ? R : never;

export interface LocalStoreSettings {
  readonly role: 'server' | 'worker';
  readonly uploadMaxAgeMs: number;
  readonly sweepEveryMs: number;
}

/** See ObjectStore: each method is a function of a file beside this one. */
export class LocalStore implements ObjectStore {
  readonly capabilities: Capabilities = { storageClasses: ['STANDARD'], conditionalDelete: true, bucketTags: true };
  readonly #internals: Internals;
  readonly #instance: Instance;
  readonly #sweep: (allFiles: boolean) => Promise<SweepReport>;
  readonly #sweeper: Sweeper | undefined;

  constructor(internals: Internals, instance: Instance, { role, uploadMaxAgeMs, sweepEveryMs }: LocalStoreSettings) {
    this.#internals = internals;
    this.#instance = instance;
    this.#sweep = (allFiles) => sweep(internals, { uploadMaxAgeMs, allFiles });
    if (role === 'server') this.#sweeper = new Sweeper(this.#sweep, sweepEveryMs, internals.log);
  }

  /** Removes what dead processes and old uploads left behind. */
  async sweep(): Promise<SweepReport> {
    return await (this.#sweeper?.sweep() ?? this.#sweep(true));
  }

  notReadyReasons(): Answer<'notReadyReasons'> {
    return settle(() => this.#internals.metadata.read(({ meta }) => meta.get('format'))).then(
      () => [],
      (error: unknown) => [`The metadata cannot be read: ${String(error)}`],
    );
  }

  async close(): Promise<void> {
    const { blobs, collector, instances, metadata } = this.#internals;
    await this.#sweeper?.stop();
    await collector.settled();
    await blobs.close();
    await metadata.close();
    await this.#instance.close();
    instances.close();
  }

  createBucket(...[call, bucket, tags]: Arguments<'createBucket'>): Answer<'createBucket'> {
    return buckets.createBucket(this.#internals, call, bucket, tags);
  }
  headBucket(...[call, bucket]: Arguments<'headBucket'>): Answer<'headBucket'> {
    return settle(() => buckets.headBucket(this.#internals, call, bucket));
  }
  deleteBucket(...[call, bucket]: Arguments<'deleteBucket'>): Answer<'deleteBucket'> {
    return buckets.deleteBucket(this.#internals, call, bucket);
  }
  listBuckets(...[call, window]: Arguments<'listBuckets'>): Answer<'listBuckets'> {
    return settle(() => buckets.listBuckets(this.#internals, call, window));
  }
  getBucketTags(...[call, bucket]: Arguments<'getBucketTags'>): Answer<'getBucketTags'> {
    return settle(() => buckets.getBucketTags(this.#internals, call, bucket));
  }
  setBucketTags(...[call, bucket, tags]: Arguments<'setBucketTags'>): Answer<'setBucketTags'> {
    return buckets.setBucketTags(this.#internals, call, bucket, tags);
  }

  headObject(...[call, ref, options]: Arguments<'headObject'>): Answer<'headObject'> {
    return settle(() => objects.headObject(this.#internals, call, ref, options));
  }
  openObject(...[call, ref, options]: Arguments<'openObject'>): Answer<'openObject'> {
    return openObject(this.#internals, call, ref, options);
  }
  putObject(...[call, ref, draft, body, condition]: Arguments<'putObject'>): Answer<'putObject'> {
    return objects.putObject(this.#internals, call, { ref, draft, body, condition });
  }
  copyObject(...[call, source, target, options]: Arguments<'copyObject'>): Answer<'copyObject'> {
    return copyObject(this.#internals, call, { source, target }, options);
  }
  deleteObject(...[call, ref, condition]: Arguments<'deleteObject'>): Answer<'deleteObject'> {
    return objects.deleteObject(this.#internals, call, ref, condition);
  }
  deleteObjects(...[call, bucket, keys]: Arguments<'deleteObjects'>): Answer<'deleteObjects'> {
    return objects.deleteObjects(this.#internals, call, bucket, keys);
  }
  listObjects(...[call, bucket, window]: Arguments<'listObjects'>): Answer<'listObjects'> {
    return settle(() => listObjects(this.#internals, call, bucket, window));
  }
  setTags(...[call, ref, tags]: Arguments<'setTags'>): Answer<'setTags'> {
    return objects.setTags(this.#internals, call, ref, tags);
  }

  createUpload(...[call, ref, draft, checksum]: Arguments<'createUpload'>): Answer<'createUpload'> {
    return uploads.createUpload(this.#internals, call, ref, { draft, checksum });
  }
  headUpload(...[call, upload]: Arguments<'headUpload'>): Answer<'headUpload'> {
    return settle(() => uploads.headUpload(this.#internals, call, upload));
  }
  putPart(...[call, upload, partNumber, body]: Arguments<'putPart'>): Answer<'putPart'> {
    return uploads.putPart(this.#internals, call, upload, { partNumber, body });
  }
  copyPart(...[call, upload, partNumber, source, options]: Arguments<'copyPart'>): Answer<'copyPart'> {
    return copyPart(this.#internals, call, upload, { partNumber, source, options });
  }
  completeUpload(...[call, upload, parts, options]: Arguments<'completeUpload'>): Answer<'completeUpload'> {
    return completeUpload(this.#internals, call, upload, { parts, options });
  }
  abortUpload(...[call, upload]: Arguments<'abortUpload'>): Answer<'abortUpload'> {
    return uploads.abortUpload(this.#internals, call, upload);
  }
  listParts(...[call, upload, window]: Arguments<'listParts'>): Answer<'listParts'> {
    return settle(() => uploads.listParts(this.#internals, call, upload, window));
  }
  listUploads(...[call, bucket, window]: Arguments<'listUploads'>): Answer<'listUploads'> {
    return settle(() => listUploads(this.#internals, call, bucket, window));
  }
}

/** Reads are done at once; what they throw is a rejection, as the port has it. */
function settle<T>(action: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(action());
  });
}
