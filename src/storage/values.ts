import type { Checksum, ChecksumAlgorithm, ChecksumType } from '../s3/checksum.ts';
import type { ByteRange, Caller, SystemHeaders, Tag, UserMetadata } from '../s3/object-attributes.ts';

export interface StoreLog {
  debug(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What goes with every call of a store. `signal` fires when the client has gone or the gateway stops. */
export interface StoreCall {
  readonly caller: Caller;
  readonly requestId: string;
  /** The client's IP address, as its connection has it. */
  readonly clientAddress: string;
  readonly signal: AbortSignal;
  readonly log: StoreLog;
}

export interface ObjectRef {
  readonly bucket: string;
  readonly key: string;
}

export interface BucketInfo {
  readonly name: string;
  readonly createdAt: Date;
  readonly owner: string;
}

export interface BucketWindow {
  readonly prefix: string;
  /** Buckets up to and including this name are passed over. */
  readonly after?: string;
  readonly limit: number;
}

export interface BucketPage {
  readonly buckets: readonly BucketInfo[];
  /** The `after` of the next page; absent at the end. */
  readonly next?: string;
}

/** What is known of an object, or of a multipart upload's object to be, before its bytes. */
export interface ObjectDraft {
  readonly headers: SystemHeaders;
  readonly metadata: UserMetadata;
  readonly tags: readonly Tag[];
  readonly storageClass: string;
}

/** The checksum that a multipart upload was begun with, if any. */
export interface UploadChecksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly type: ChecksumType;
}

export interface Digests {
  readonly sizeBytes: number;
  /** 32 hex digits. */
  readonly md5: string;
  /** Always of type FULL_OBJECT here. */
  readonly checksum: Checksum;
}

/**
 * A request's decoded body. Reading ends cleanly only if every promise of the client was kept (length, Content-MD5,
 * checksums, payload hash, chunk and trailer signatures); otherwise it throws the S3Error to answer with. So a store
 * commits on a clean end and discards on an error. A body is read once, by `bytes` or by `chunks`.
 */
export interface BodySource {
  /** Decoded length where the client said it; absent for a transfer of unknown length. */
  readonly sizeBytes?: number;
  /** Of the checksum that the client sends with the body; absent when it sends none. */
  readonly promisedAlgorithm?: ChecksumAlgorithm;
  /** `sizeBytes`; throws S3's refusal of a write that does not say it (MissingContentLength, NotImplemented). */
  requiredSizeBytes(): number;
  /**
   * What `digests` shall use, before reading begins; the promised algorithm, else CRC64NVME, when never called.
   * InvalidRequest where the client promised another.
   */
  useAlgorithm(algorithm: ChecksumAlgorithm): void;
  /** The whole body in memory: only for a `sizeBytes` that the store keeps inline. */
  bytes(): Promise<Buffer>;
  /** A chunk is valid until the next one is asked for: write it or copy it before. */
  chunks(): AsyncIterable<Uint8Array>;
  /** Valid after a clean end. */
  digests(): Digests;
}

export interface ObjectPart {
  readonly partNumber: number;
  readonly sizeBytes: number;
  readonly checksum?: string;
}

export interface ObjectInfo extends ObjectDraft {
  readonly key: string;
  readonly sizeBytes: number;
  /** Without quotes: MD5 in hex, with `-N` for N parts. */
  readonly etag: string;
  readonly lastModified: Date;
  readonly checksum?: Checksum;
  /** How many parts it was completed from; absent for an object stored in one piece. */
  readonly partsCount?: number;
  /** Only where `withParts` asked for them, and only if `partsCount` is there. */
  readonly parts?: readonly ObjectPart[];
  /** User name of the owner. */
  readonly owner: string;
}

export interface ReadOptions {
  readonly withParts?: boolean;
}

/** An object held as it was when it was opened, whatever happens to its key since. `read` or `close` it, once. */
export interface OpenObject {
  readonly info: ObjectInfo;
  /** Whole bytes where the store has them at hand, else a stream of them. Both release the object by themselves. */
  read(range?: ByteRange): Uint8Array | AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** Decided atomically with the write. `*` stands for any object. Compared with the bare ETag. */
export interface WriteCondition {
  readonly ifMatch?: string;
  readonly ifNoneMatch?: '*';
}

/** What is said of an object that was written. Not when: a store may have to ask for that. */
export interface PutResult {
  readonly etag: string;
  readonly sizeBytes: number;
  readonly checksum?: Checksum;
}

/** With the time, which HEAD says too from then on. */
export interface DatedPutResult extends PutResult {
  readonly lastModified: Date;
}

export interface CopyOptions {
  /** Absent: the source's own headers, metadata or tags are taken along. */
  readonly replace: {
    readonly headers?: SystemHeaders;
    readonly metadata?: UserMetadata;
    readonly tags?: readonly Tag[];
  };
  readonly storageClass: string;
  /** Absent: the source's algorithm. */
  readonly checksumAlgorithm?: ChecksumAlgorithm;
  readonly condition?: WriteCondition;
  /** Sees the source as it is copied; throws to refuse (conditions on the source, size limits). */
  readonly check: (source: ObjectInfo) => void;
}

export interface PartCopyOptions {
  /** Sees the source as it is copied; throws to refuse, else says which bytes to take (all when undefined). */
  readonly select: (source: ObjectInfo) => ByteRange | undefined;
}

/** A listing is in the order of the keys' UTF-8 bytes. */
export interface ObjectWindow {
  readonly prefix: string;
  /** Empty: no folding. */
  readonly delimiter: string;
  /** Keys and common prefixes up to and including this one are passed over. */
  readonly after?: string;
  /** Keys and common prefixes together. */
  readonly limit: number;
}

export interface ListedObject {
  readonly key: string;
  readonly sizeBytes: number;
  readonly etag: string;
  readonly lastModified: Date;
  readonly storageClass: string;
  readonly owner: string;
  readonly checksumAlgorithm?: ChecksumAlgorithm;
  readonly checksumType?: ChecksumType;
}

export interface ObjectPage {
  readonly objects: readonly ListedObject[];
  readonly commonPrefixes: readonly string[];
  /** The `after` of the next page: the last key or common prefix of this one; absent at the end. */
  readonly next?: string;
}

export interface UploadRef extends ObjectRef {
  readonly uploadId: string;
}

export interface UploadInfo extends UploadRef {
  readonly initiatedAt: Date;
  readonly owner: string;
  readonly storageClass: string;
  readonly checksum?: UploadChecksum;
}

export interface UploadWindow {
  readonly prefix: string;
  readonly delimiter: string;
  readonly keyMarker?: string;
  /** Of the key in keyMarker: its uploads up to and including this id are passed over. Absent: all of them are. */
  readonly uploadIdMarker?: string;
  readonly limit: number;
}

export interface UploadPage {
  readonly uploads: readonly UploadInfo[];
  readonly commonPrefixes: readonly string[];
  readonly next?: { readonly keyMarker: string; readonly uploadIdMarker?: string };
}

export interface PartInfo {
  readonly partNumber: number;
  readonly sizeBytes: number;
  readonly etag: string;
  readonly lastModified: Date;
  /** In the upload's algorithm. */
  readonly checksum?: Checksum;
}

export interface PartWindow {
  /** Parts up to and including this number are passed over. */
  readonly after: number;
  readonly limit: number;
}

export interface PartPage {
  readonly upload: UploadInfo;
  readonly parts: readonly PartInfo[];
  readonly next?: number;
}

/** A part as CompleteMultipartUpload names it. */
export interface NamedPart {
  readonly partNumber: number;
  readonly etag: string;
  /** The checksum that the client expects the part to have, and its algorithm. */
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly value: string };
}

export interface CompleteOptions {
  readonly condition?: WriteCondition;
  /** What the client says that the whole object's checksum is. */
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly value: string };
  readonly checksumType?: ChecksumType;
  /** From x-amz-mp-object-size. */
  readonly sizeBytes?: number;
}
