import type { Capabilities } from '../capabilities.ts';
import type { ObjectStore } from '../port.ts';
import { getBucketTags, setBucketTags } from './bucket-tags.ts';
import * as buckets from './buckets.ts';
import { copyObject, copyPart } from './copying.ts';
import { deleteObjects } from './deleting-many.ts';
import type { Internals } from './internals.ts';
import { listObjects } from './listing.ts';
import { completeUpload } from './multipart/completing.ts';
import { putPart } from './multipart/part-writing.ts';
import { listParts } from './multipart/parts.ts';
import { listUploads } from './multipart/upload-listing.ts';
import { abortUpload, createUpload, headUpload } from './multipart/uploads.ts';
import * as objects from './objects.ts';
import { OmFailures } from './om/om-failures.ts';
import { openObject } from './opening.ts';
import { putObject } from './writing.ts';

/** The arguments and the answer of a method of the port. */
type Arguments<M extends keyof ObjectStore> = ObjectStore[M] extends (...args: infer A) => unknown ? A : never;
type Answer<M extends keyof ObjectStore> = ObjectStore[M] extends (...args: never[]) => infer R ? R : never;

/** See ObjectStore: each method is a function of a file beside this one. */
export class OzoneStore implements ObjectStore {
  readonly capabilities: Capabilities = {
    storageClasses: ['STANDARD', 'REDUCED_REDUNDANCY'],
    conditionalDelete: false,
    bucketTags: true,
  };
  readonly #internals: Internals;
  readonly #failures = new OmFailures();

  constructor(internals: Internals) {
    this.#internals = internals;
  }

  /** Nothing to do here: the OM itself aborts old uploads and drops what was never committed. */
  sweep(): Promise<{ readonly strayFiles: number; readonly garbage: number; readonly uploads: number }> {
    return Promise.resolve({ strayFiles: 0, garbage: 0, uploads: 0 });
  }

  async notReadyReasons(): Answer<'notReadyReasons'> {
    return [...(await this.#internals.om.notReadyReasons()), ...this.#failures.lasting()];
  }

  async close(): Promise<void> {
    await this.#internals.datanodes.close();
    this.#internals.om.close();
  }

  createBucket(...[call, bucket, tags]: Arguments<'createBucket'>): Answer<'createBucket'> {
    return this.#failures.told(call, { bucket }, buckets.createBucket(this.#internals, call, bucket, tags));
  }
  headBucket(...[call, bucket]: Arguments<'headBucket'>): Answer<'headBucket'> {
    return this.#failures.told(call, { bucket }, buckets.headBucket(this.#internals, call, bucket));
  }
  deleteBucket(...[call, bucket]: Arguments<'deleteBucket'>): Answer<'deleteBucket'> {
    return this.#failures.told(call, { bucket }, buckets.deleteBucket(this.#internals, call, bucket));
  }
  listBuckets(...[call, window]: Arguments<'listBuckets'>): Answer<'listBuckets'> {
    return this.#failures.told(call, {}, buckets.listBuckets(this.#internals, call, window));
  }
  getBucketTags(...[call, bucket]: Arguments<'getBucketTags'>): Answer<'getBucketTags'> {
    return this.#failures.told(call, { bucket }, getBucketTags(this.#internals, call, bucket));
  }
  setBucketTags(...[call, bucket, tags]: Arguments<'setBucketTags'>): Answer<'setBucketTags'> {
    return this.#failures.told(call, { bucket }, setBucketTags(this.#internals, call, bucket, tags));
  }

  headObject(...[call, ref, options]: Arguments<'headObject'>): Answer<'headObject'> {
    return this.#failures.told(call, ref, objects.headObject(this.#internals, call, ref, options));
  }
  openObject(...[call, ref, options]: Arguments<'openObject'>): Answer<'openObject'> {
    return this.#failures.told(call, ref, openObject(this.#internals, call, ref, options));
  }
  putObject(...[call, ref, draft, body, condition]: Arguments<'putObject'>): Answer<'putObject'> {
    const about = { ...ref, condition };
    return this.#failures.told(call, about, putObject(this.#internals, call, { ref, draft, body, condition }));
  }
  copyObject(...[call, source, target, options]: Arguments<'copyObject'>): Answer<'copyObject'> {
    const about = { ...target, condition: options.condition };
    return this.#failures.told(call, about, copyObject(this.#internals, call, { source, target }, options));
  }
  deleteObject(...[call, ref, condition]: Arguments<'deleteObject'>): Answer<'deleteObject'> {
    const about = { ...ref, condition };
    return this.#failures.told(call, about, objects.deleteObject(this.#internals, call, ref, condition));
  }
  deleteObjects(...[call, bucket, keys]: Arguments<'deleteObjects'>): Answer<'deleteObjects'> {
    return this.#failures.told(call, { bucket }, deleteObjects(this.#internals, call, bucket, keys));
  }
  listObjects(...[call, bucket, window]: Arguments<'listObjects'>): Answer<'listObjects'> {
    return this.#failures.told(call, { bucket }, listObjects(this.#internals, call, bucket, window));
  }
  setTags(...[call, ref, tags]: Arguments<'setTags'>): Answer<'setTags'> {
    return this.#failures.told(call, ref, objects.setTags(this.#internals, call, ref, tags));
  }

  createUpload(...[call, ref, draft, checksum]: Arguments<'createUpload'>): Answer<'createUpload'> {
    return this.#failures.told(call, ref, createUpload(this.#internals, call, ref, { draft, checksum }));
  }
  headUpload(...[call, upload]: Arguments<'headUpload'>): Answer<'headUpload'> {
    return this.#failures.told(call, upload, headUpload(this.#internals, call, upload));
  }
  putPart(...[call, upload, partNumber, body]: Arguments<'putPart'>): Answer<'putPart'> {
    return this.#failures.told(call, upload, putPart(this.#internals, call, upload, { partNumber, body }));
  }
  copyPart(...[call, upload, partNumber, source, options]: Arguments<'copyPart'>): Answer<'copyPart'> {
    const copy = { partNumber, source, options };
    return this.#failures.told(call, upload, copyPart(this.#internals, call, upload, copy));
  }
  completeUpload(...[call, upload, parts, options]: Arguments<'completeUpload'>): Answer<'completeUpload'> {
    const about = { ...upload, condition: options.condition };
    return this.#failures.told(call, about, completeUpload(this.#internals, call, upload, { parts, options }));
  }
  abortUpload(...[call, upload]: Arguments<'abortUpload'>): Answer<'abortUpload'> {
    return this.#failures.told(call, upload, abortUpload(this.#internals, call, upload));
  }
  listParts(...[call, upload, window]: Arguments<'listParts'>): Answer<'listParts'> {
    return this.#failures.told(call, upload, listParts(this.#internals, call, upload, window));
  }
  listUploads(...[call, bucket, window]: Arguments<'listUploads'>): Answer<'listUploads'> {
    return this.#failures.told(call, { bucket }, listUploads(this.#internals, call, bucket, window));
  }
}
