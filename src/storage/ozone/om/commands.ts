import type { Sendable } from '../proto/codec.ts';
import type { OmRequests, OmResponse } from '../proto/om.ts';

interface Shape<Q extends keyof OmRequests, A extends keyof OmResponse | undefined> {
  /** The field of OMRequest that carries the command. */
  readonly request: Q;
  /** The field of OMResponse with its answer; undefined for one that only succeeds or fails. */
  readonly response: A;
  /** A write goes through Raft: when its answer is lost, nobody knows whether it was done. */
  readonly isWrite: boolean;
  /** Whether a write may be sent again when its fate is unknown, because doing it twice is like doing it once. */
  readonly mayRepeat: boolean;
  /** A status beside OK that carries an answer. */
  readonly partly?: string;
}

function read<Q extends keyof OmRequests, A extends keyof OmResponse>(request: Q, response: A): Shape<Q, A> {
  return { request, response, isWrite: false, mayRepeat: true };
}

function write<Q extends keyof OmRequests, A extends keyof OmResponse | undefined = undefined>(
  request: Q,
  response?: A,
): Shape<Q, A> {
  return { request, response: response as A, isWrite: true, mayRepeat: false };
}

const repeatable = { mayRepeat: true } as const;

/** What this gateway asks of the OM, by the name in hadoop.ozone.Type. */
export const omCommands = {
  CreateBucket: write('createBucketRequest'),
  InfoBucket: read('infoBucketRequest', 'infoBucketResponse'),
  SetBucketProperty: write('setBucketPropertyRequest'),
  DeleteBucket: write('deleteBucketRequest'),
  ListBuckets: read('listBucketsRequest', 'listBucketsResponse'),
  CreateKey: write('createKeyRequest', 'createKeyResponse'),
  DeleteKey: write('deleteKeyRequest'),
  CommitKey: write('commitKeyRequest'),
  AllocateBlock: write('allocateBlockRequest', 'allocateBlockResponse'),
  DeleteKeys: { ...write('deleteKeysRequest', 'deleteKeysResponse'), ...repeatable, partly: 'PARTIAL_DELETE' },
  InitiateMultiPartUpload: write('initiateMultiPartUploadRequest', 'initiateMultiPartUploadResponse'),
  CommitMultiPartUpload: write('commitMultiPartUploadRequest', 'commitMultiPartUploadResponse'),
  CompleteMultiPartUpload: write('completeMultiPartUploadRequest', 'completeMultiPartUploadResponse'),
  AbortMultiPartUpload: write('abortMultiPartUploadRequest'),
  ListMultiPartUploadParts: read('listMultipartUploadPartsRequest', 'listMultipartUploadPartsResponse'),
  ServiceList: read('serviceListRequest', 'serviceListResponse'),
  CreateDirectory: write('createDirectoryRequest'),
  AddAcl: write('addAclRequest'),
  RemoveAcl: write('removeAclRequest'),
  ListMultipartUploads: read('listMultipartUploadsRequest', 'listMultipartUploadsResponse'),
  GetS3VolumeContext: read('getS3VolumeContextRequest', 'getS3VolumeContextResponse'),
  GetKeyInfo: read('getKeyInfoRequest', 'getKeyInfoResponse'),
  ListKeysLight: read('listKeysRequest', 'listKeysLightResponse'),
  ListStatusLight: read('listStatusRequest', 'listStatusLightResponse'),
  PutObjectTagging: { ...write('putObjectTaggingRequest'), ...repeatable },
  DeleteObjectTagging: { ...write('deleteObjectTaggingRequest'), ...repeatable },
} as const;

export type OmCommand = keyof typeof omCommands;
export type OmRequestOf<C extends OmCommand> = Sendable<OmRequests[(typeof omCommands)[C]['request']]>;
/** Undefined for commands that only succeed or fail. */
export type OmAnswerOf<C extends OmCommand> = (typeof omCommands)[C]['response'] extends infer A extends
  keyof OmResponse
  ? NonNullable<OmResponse[A]>
  : undefined;
