import type { Int64 } from './codec.ts';
import type { BlockId, ExcludeList, KeyValue, Pipeline, Replication } from './hdds.ts';

/** hadoop.common.TokenProto */
export interface Token {
  readonly identifier: Uint8Array;
  readonly password: Uint8Array;
  readonly kind: string;
  readonly service: string;
}

/** hadoop.ozone.KeyLocation: a block of a key. */
export interface KeyLocation {
  readonly blockID: BlockId;
  /** Always 0: the order of the list places a block within the key. */
  readonly offset: Int64;
  /** Of a fresh allocation: how much it may hold. Of a key: how many bytes it holds. */
  readonly length: Int64;
  readonly token: Token | null;
  /** Absent in answers to `headOp`. */
  readonly pipeline: Pipeline | null;
  /** -1 unless it was written as a part of a multipart upload. */
  readonly partNumber: number;
}

/** hadoop.ozone.KeyArgs: what a call is about; each call reads some of it. */
export interface KeyArgs extends Replication {
  readonly volumeName: string;
  readonly bucketName: string;
  readonly keyName: string;
  readonly dataSize: Int64;
  readonly keyLocations: readonly KeyLocation[];
  readonly isMultipartKey: boolean;
  readonly multipartUploadID: string;
  readonly multipartNumber: number;
  readonly metadata: readonly KeyValue[];
  readonly sortDatanodes: boolean;
  readonly latestVersionLocation: boolean;
  readonly recursive: boolean;
  readonly headOp: boolean;
  readonly forceUpdateContainerCacheFromSCM: boolean;
  readonly ownerName: string;
  readonly tags: readonly KeyValue[];
  /** 0: there must be no such key. */
  readonly expectedDataGeneration: Int64;
  readonly expectedETag: string;
}

/** Only its presence counts. */
export interface EncryptionInfo {
  readonly keyName: string;
}

export interface KeyLocationList {
  readonly version: Int64;
  readonly keyLocations: readonly KeyLocation[];
  readonly fileEncryptionInfo: EncryptionInfo | null;
  readonly isMultipartKey: boolean;
}

/** hadoop.ozone.KeyInfo. Times are in milliseconds. */
export interface KeyInfo extends Replication {
  readonly volumeName: string;
  readonly bucketName: string;
  readonly keyName: string;
  readonly dataSize: Int64;
  readonly keyLocationList: readonly KeyLocationList[];
  readonly creationTime: Int64;
  readonly modificationTime: Int64;
  readonly metadata: readonly KeyValue[];
  readonly fileEncryptionInfo: EncryptionInfo | null;
  readonly acls: readonly Acl[];
  readonly objectID: Int64;
  /** The generation: another one after each change. */
  readonly updateID: Int64;
  readonly isFile: boolean;
  readonly ownerName: string;
  readonly tags: readonly KeyValue[];
}

/** hadoop.ozone.OzoneAclInfo */
export interface Acl {
  readonly type: number;
  readonly name: string;
  readonly rights: Uint8Array;
  readonly aclScope: number;
}

export const bucketLayout = { legacy: 1, fileSystemOptimized: 2, objectStore: 3 } as const;

/** hadoop.ozone.BucketInfo. Of a link: layout and quota are the source's, all else is the link's own. */
export interface BucketInfo {
  readonly volumeName: string;
  readonly bucketName: string;
  readonly isVersionEnabled: boolean;
  readonly storageType: number;
  readonly creationTime: Int64;
  readonly metadata: readonly KeyValue[];
  readonly beinfo: EncryptionInfo | null;
  readonly objectID: Int64;
  readonly sourceVolume: string;
  readonly sourceBucket: string;
  readonly quotaInBytes: Int64;
  readonly quotaInNamespace: Int64;
  readonly bucketLayout: number;
  readonly owner: string;
  readonly defaultReplicationConfig: Replication | null;
}

export interface VolumeInfo {
  readonly adminName: string;
  readonly ownerName: string;
  readonly volume: string;
}

/** hadoop.ozone.BasicKeyInfo: a key in a listing. */
export interface BasicKeyInfo extends Replication {
  readonly keyName: string;
  readonly dataSize: Int64;
  readonly creationTime: Int64;
  readonly modificationTime: Int64;
  readonly eTag: string;
  readonly ownerName: string;
  readonly isEncrypted: boolean;
  readonly isFile: boolean;
}

export interface PartInfoProto {
  readonly partNumber: number;
  readonly partName: string;
  readonly modificationTime: Int64;
  readonly size: Int64;
  readonly eTag: string;
}

export interface MultipartUploadInfoProto extends Replication {
  readonly keyName: string;
  readonly uploadId: string;
  readonly creationTime: Int64;
}

interface KeyArgsRequest {
  readonly keyArgs: KeyArgs;
}
interface CommitRequest extends KeyArgsRequest {
  readonly clientID: Int64;
}
interface BucketName {
  readonly volumeName: string;
  readonly bucketName: string;
}
interface AclRequest {
  readonly obj: { readonly resType: number; readonly storeType: number; readonly path: string };
  readonly acl: Acl;
}
type Empty = Readonly<Record<string, never>>;

/** The request of each command, under the field of OMRequest that carries it. */
export interface OmRequests {
  readonly createBucketRequest: { readonly bucketInfo: BucketInfo };
  readonly infoBucketRequest: BucketName;
  readonly setBucketPropertyRequest: {
    readonly bucketArgs: BucketName & { readonly metadata: readonly KeyValue[] };
  };
  readonly deleteBucketRequest: BucketName;
  readonly listBucketsRequest: {
    readonly volumeName: string;
    readonly startKey: string;
    readonly prefix: string;
    readonly count: number;
  };
  readonly createKeyRequest: KeyArgsRequest;
  readonly deleteKeyRequest: KeyArgsRequest;
  readonly listKeysRequest: BucketName & {
    readonly startKey: string;
    readonly prefix: string;
    readonly count: number;
  };
  readonly commitKeyRequest: CommitRequest;
  readonly allocateBlockRequest: CommitRequest & { readonly excludeList: ExcludeList };
  readonly deleteKeysRequest: { readonly deleteKeys: BucketName & { readonly keys: readonly string[] } };
  readonly initiateMultiPartUploadRequest: KeyArgsRequest;
  readonly commitMultiPartUploadRequest: CommitRequest;
  readonly completeMultiPartUploadRequest: KeyArgsRequest & {
    readonly partsList: readonly { readonly partNumber: number; readonly partName: string; readonly eTag: string }[];
  };
  readonly abortMultiPartUploadRequest: KeyArgsRequest;
  readonly listMultipartUploadPartsRequest: {
    readonly volume: string;
    readonly bucket: string;
    readonly key: string;
    readonly uploadID: string;
    readonly partNumberMarker: number;
    readonly maxParts: number;
  };
  readonly serviceListRequest: Empty;
  readonly createDirectoryRequest: KeyArgsRequest;
  readonly listStatusRequest: KeyArgsRequest & {
    readonly recursive: boolean;
    readonly startKey: string;
    readonly numEntries: number;
    readonly allowPartialPrefix: boolean;
  };
  readonly addAclRequest: AclRequest;
  readonly removeAclRequest: AclRequest;
  readonly listMultipartUploadsRequest: {
    readonly volume: string;
    readonly bucket: string;
    readonly prefix: string;
    readonly keyMarker: string;
    readonly uploadIdMarker: string;
    readonly maxUploads: number;
    readonly withPagination: boolean;
  };
  readonly getS3VolumeContextRequest: Empty;
  readonly getKeyInfoRequest: KeyArgsRequest & { readonly assumeS3Context: boolean };
  readonly putObjectTaggingRequest: KeyArgsRequest;
  readonly deleteObjectTaggingRequest: KeyArgsRequest;
}

/** hadoop.ozone.OMRequest, but for its envelope. */
export interface OmRequest extends OmRequests {
  readonly cmdType: number;
  readonly clientId: string;
  readonly version: number;
  readonly s3Authentication: {
    readonly stringToSign: string;
    readonly signature: string;
    readonly accessId: string;
  };
}

/** hadoop.ozone.OMResponse. A command's own answer is null unless it is that command that was asked. */
export interface OmResponse {
  readonly cmdType: number;
  readonly message: string;
  /** 1 is OK. */
  readonly status: number;
  /** Empty unless the answer went through Raft. */
  readonly leaderOMNodeId: string;
  readonly infoBucketResponse: { readonly bucketInfo: BucketInfo } | null;
  readonly listBucketsResponse: { readonly bucketInfo: readonly BucketInfo[] } | null;
  readonly createKeyResponse: { readonly keyInfo: KeyInfo; readonly ID: Int64; readonly openVersion: Int64 } | null;
  readonly allocateBlockResponse: { readonly keyLocation: KeyLocation } | null;
  readonly deleteKeysResponse: {
    readonly status: boolean;
    readonly errors: readonly { readonly key: string; readonly errorCode: string; readonly errorMsg: string }[];
  } | null;
  readonly initiateMultiPartUploadResponse: { readonly multipartUploadID: string } | null;
  readonly commitMultiPartUploadResponse: { readonly partName: string; readonly eTag: string } | null;
  readonly completeMultiPartUploadResponse: {
    /** Of the key that was made: behind a link, and by the one name that a file system has for it. */
    readonly volume: string;
    readonly bucket: string;
    readonly key: string;
    readonly hash: string;
  } | null;
  readonly listMultipartUploadPartsResponse:
    | (Replication & {
        readonly nextPartNumberMarker: number;
        readonly isTruncated: boolean;
        readonly partsList: readonly PartInfoProto[];
      })
    | null;
  readonly serviceListResponse: {
    readonly serviceInfo: readonly {
      readonly omRole: { readonly nodeId: string; readonly serverRole: string } | null;
      readonly omVersion: number;
    }[];
  } | null;
  readonly listMultipartUploadsResponse: {
    readonly isTruncated: boolean;
    readonly uploadsList: readonly MultipartUploadInfoProto[];
    readonly nextKeyMarker: string;
    readonly nextUploadIdMarker: string;
  } | null;
  readonly getS3VolumeContextResponse: {
    readonly volumeInfo: VolumeInfo | null;
    readonly userPrincipal: string;
  } | null;
  readonly getKeyInfoResponse: {
    readonly keyInfo: KeyInfo;
    readonly volumeInfo: VolumeInfo | null;
    readonly userPrincipal: string;
  } | null;
  readonly listKeysLightResponse: {
    readonly basicKeyInfo: readonly BasicKeyInfo[];
    readonly isTruncated: boolean;
  } | null;
  readonly listStatusLightResponse: {
    readonly statuses: readonly { readonly basicKeyInfo: BasicKeyInfo; readonly isDirectory: boolean }[];
  } | null;
}
