import type { Capabilities } from './capabilities.ts';
import type { Tag } from '../s3/object-attributes.ts';
import type {
  BodySource,
  BucketInfo,
  BucketPage,
  BucketWindow,
  CompleteOptions,
  CopyOptions,
  DatedPutResult,
  NamedPart,
  ObjectDraft,
  ObjectInfo,
  ObjectPage,
  ObjectRef,
  ObjectWindow,
  OpenObject,
  PartCopyOptions,
  PartInfo,
  PartPage,
  PartWindow,
  PutResult,
  ReadOptions,
  StoreCall,
  UploadChecksum,
  UploadInfo,
  UploadPage,
  UploadRef,
  UploadWindow,
  WriteCondition,
} from './values.ts';

/**
 * Where buckets and objects live. Every method throws S3Error with S3's own code for what is absent or refused:
 * NoSuchBucket before anything about keys, AccessDenied for what the caller may not do (whose a bucket is, is each
 * store's to decide), NoSuchKey, NoSuchUpload, PreconditionFailed (or NoSuchKey under ifMatch without an object),
 * InsufficientCapacity when there is no room. A write that resolved is durable; one that rejected has changed nothing.
 */
export interface ObjectStore {
  readonly capabilities: Capabilities;
  /** Empty when the store can serve; else why not, one sentence each. */
  notReadyReasons(): Promise<readonly string[]>;
  close(): Promise<void>;

  /** BucketAlreadyOwnedByYou, BucketAlreadyExists. */
  createBucket(call: StoreCall, bucket: string, tags: readonly Tag[]): Promise<void>;
  headBucket(call: StoreCall, bucket: string): Promise<BucketInfo>;
  /** BucketNotEmpty while there is an object; multipart uploads in progress go with the bucket. */
  deleteBucket(call: StoreCall, bucket: string): Promise<void>;
  /** By name: those that the store lets the caller see. */
  listBuckets(call: StoreCall, window: BucketWindow): Promise<BucketPage>;
  /** Undefined when none were ever set. */
  getBucketTags(call: StoreCall, bucket: string): Promise<readonly Tag[] | undefined>;
  /** Undefined removes them. */
  setBucketTags(call: StoreCall, bucket: string, tags: readonly Tag[] | undefined): Promise<void>;

  headObject(call: StoreCall, ref: ObjectRef, options?: ReadOptions): Promise<ObjectInfo>;
  openObject(call: StoreCall, ref: ObjectRef, options?: ReadOptions): Promise<OpenObject>;
  putObject(
    call: StoreCall,
    ref: ObjectRef,
    draft: ObjectDraft,
    body: BodySource,
    condition?: WriteCondition,
  ): Promise<PutResult>;
  copyObject(call: StoreCall, source: ObjectRef, target: ObjectRef, options: CopyOptions): Promise<DatedPutResult>;
  /** Deleting what is not there succeeds, but NoSuchKey under ifMatch. */
  deleteObject(call: StoreCall, ref: ObjectRef, condition?: WriteCondition): Promise<void>;
  /**
   * Deletes each key as deleteObject does without a condition. Resolves to what went wrong, by key: a key that is not
   * among those is gone.
   */
  deleteObjects(call: StoreCall, bucket: string, keys: readonly string[]): Promise<ReadonlyMap<string, unknown>>;
  listObjects(call: StoreCall, bucket: string, window: ObjectWindow): Promise<ObjectPage>;
  /** Replaces all tags of an object; none to remove them. Leaves ETag and Last-Modified alone. */
  setTags(call: StoreCall, ref: ObjectRef, tags: readonly Tag[]): Promise<void>;

  createUpload(call: StoreCall, ref: ObjectRef, draft: ObjectDraft, checksum?: UploadChecksum): Promise<UploadInfo>;
  headUpload(call: StoreCall, upload: UploadRef): Promise<UploadInfo>;
  /** Replaces the part of the same number. */
  putPart(call: StoreCall, upload: UploadRef, partNumber: number, body: BodySource): Promise<PartInfo>;
  copyPart(
    call: StoreCall,
    upload: UploadRef,
    partNumber: number,
    source: ObjectRef,
    options: PartCopyOptions,
  ): Promise<PartInfo>;
  /**
   * InvalidPart, EntityTooSmall (a part but the last under 5 MiB), BadDigest, InvalidRequest; order is checked above the port.
   * A completion repeated with the same parts has the same result, for as long as uploads may be old.
   */
  completeUpload(
    call: StoreCall,
    upload: UploadRef,
    parts: readonly NamedPart[],
    options: CompleteOptions,
  ): Promise<PutResult>;
  abortUpload(call: StoreCall, upload: UploadRef): Promise<void>;
  listParts(call: StoreCall, upload: UploadRef, window: PartWindow): Promise<PartPage>;
  listUploads(call: StoreCall, bucket: string, window: UploadWindow): Promise<UploadPage>;
}
