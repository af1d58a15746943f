import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import type { CompletedPart } from '@aws-sdk/client-s3';
import type { OperationName } from '../../catalogue.ts';
import type { CaseContext } from '../../engine/case-context.ts';
import { defineTable } from '../../engine/define-case.ts';
import type { Subject } from '../../engine/subject.ts';
import { checksumOf } from '../../fixtures/digests.ts';
import { sendPart, startUpload, type StartedUpload } from '../../fixtures/multipart.ts';

interface Scene {
  readonly t: CaseContext;
  readonly Bucket: string;
  readonly upload: StartedUpload;
  readonly parts: CompletedPart[];
}

/** The request, a member that its answer always has, and those that speak of what was never asked for. */
interface PlainAnswer {
  readonly operation: OperationName;
  readonly send: (scene: Scene) => Promise<Subject<unknown>>;
  /** A header, or what the body holds: without it the answer is none. */
  readonly has: string | RegExp;
  readonly absent: readonly string[];
}

const names = { Key: 'k' };
const sha256 = checksumOf('SHA256', 'v');
const customer = ['SSECustomerAlgorithm', 'SSECustomerKeyMD5'];
const encryption = [...customer, 'SSEKMSKeyId'];
const charge = ['RequestCharged'];
const otherChecksums = [
  'ChecksumCRC32',
  'ChecksumCRC32C',
  'ChecksumCRC64NVME',
  'ChecksumSHA1',
  'ChecksumSHA512',
  'ChecksumMD5',
  'ChecksumXXHASH64',
  'ChecksumXXHASH3',
  'ChecksumXXHASH128',
];
const lock = [
  'ObjectLockMode',
  'ObjectLockRetainUntilDate',
  'ObjectLockLegalHoldStatus',
  'ObjectLockEventHold',
  'ObjectLockEventHoldDurationDays',
  'ObjectLockEventHoldDurationYears',
];
const ofObject = [
  'DeleteMarker',
  'VersionId',
  'Expiration',
  'Restore',
  'MissingMeta',
  'WebsiteRedirectLocation',
  'ReplicationStatus',
  'StorageClass',
  'TagCount',
  'PartsCount',
  'ContentRange',
  ...encryption,
  ...otherChecksums,
  ...lock,
  ...charge,
];

const answers: readonly PlainAnswer[] = [
  {
    operation: 'PutObject',
    send: ({ t, Bucket }) => t.subject(new PutObjectCommand({ ...names, Bucket, Body: 'v', ChecksumSHA256: sha256 })),
    has: 'etag',
    absent: ['Expiration', 'VersionId', 'Size', 'SSEKMSEncryptionContext', ...encryption, ...otherChecksums, ...charge],
  },
  {
    operation: 'GetObject',
    send: ({ t, Bucket }) => t.subject(new GetObjectCommand({ ...names, Bucket, ChecksumMode: 'ENABLED' })),
    has: 'etag',
    absent: ofObject,
  },
  {
    operation: 'HeadObject',
    send: ({ t, Bucket }) => t.subject(new HeadObjectCommand({ ...names, Bucket, ChecksumMode: 'ENABLED' })),
    has: 'etag',
    absent: [...ofObject, 'ArchiveStatus'],
  },
  {
    operation: 'DeleteObject',
    send: async ({ t, Bucket }) => {
      const subject = await t.subject(new DeleteObjectCommand({ ...names, Bucket }));
      await t.expectAbsent(Bucket, names.Key);
      return subject;
    },
    has: 'x-amz-request-id',
    absent: ['DeleteMarker', 'VersionId', ...charge],
  },
  {
    operation: 'DeleteObjects',
    send: ({ t, Bucket }) => t.subject(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [names] } })),
    has: /<Deleted>/,
    absent: [...charge, 'Errors'],
  },
  {
    operation: 'CopyObject',
    send: ({ t, Bucket }) => t.subject(new CopyObjectCommand({ Bucket, Key: 'target', CopySource: `${Bucket}/k` })),
    has: /<CopyObjectResult/,
    absent: ['CopySourceVersionId', 'VersionId', 'Expiration', 'SSEKMSEncryptionContext', ...encryption, ...charge],
  },
  {
    operation: 'GetObjectAttributes',
    send: ({ t, Bucket }) =>
      t.subject(new GetObjectAttributesCommand({ ...names, Bucket, ObjectAttributes: ['ETag'] })),
    has: /<ETag>/,
    absent: ['DeleteMarker', 'VersionId', ...charge],
  },
  {
    operation: 'PutObjectTagging',
    send: async ({ t, Bucket }) => {
      const Tagging = { TagSet: [{ Key: 'a', Value: '1' }] };
      const subject = await t.subject(new PutObjectTaggingCommand({ ...names, Bucket, Tagging }));
      const { output } = await t.observe(new GetObjectTaggingCommand({ ...names, Bucket }));
      t.expectEqual(output?.TagSet, Tagging.TagSet, 'tags', 'ignored');
      return subject;
    },
    has: 'x-amz-request-id',
    absent: ['VersionId'],
  },
  {
    operation: 'GetObjectTagging',
    send: ({ t, Bucket }) => t.subject(new GetObjectTaggingCommand({ ...names, Bucket })),
    has: /<TagSet/,
    absent: ['VersionId'],
  },
  {
    operation: 'DeleteObjectTagging',
    send: async ({ t, Bucket }) => {
      const subject = await t.subject(new DeleteObjectTaggingCommand({ ...names, Bucket }));
      await t.expectObject(Bucket, names.Key, 'v');
      return subject;
    },
    has: 'x-amz-request-id',
    absent: ['VersionId'],
  },
  {
    operation: 'CreateMultipartUpload',
    send: ({ t, Bucket }) => t.subject(new CreateMultipartUploadCommand({ ...names, Bucket })),
    has: /<UploadId>/,
    absent: ['AbortDate', 'AbortRuleId', 'SSEKMSEncryptionContext', ...encryption, ...charge],
  },
  {
    operation: 'UploadPart',
    send: ({ t, upload }) =>
      t.subject(new UploadPartCommand({ ...upload, PartNumber: 2, Body: 'v', ChecksumSHA256: sha256 })),
    has: 'etag',
    absent: [...encryption, ...otherChecksums, ...charge],
  },
  {
    operation: 'UploadPartCopy',
    send: ({ t, upload, Bucket }) =>
      t.subject(new UploadPartCopyCommand({ ...upload, PartNumber: 2, CopySource: `${Bucket}/k` })),
    has: /<CopyPartResult/,
    absent: ['CopySourceVersionId', ...encryption, ...charge],
  },
  {
    operation: 'CompleteMultipartUpload',
    send: ({ t, upload, parts }) =>
      t.subject(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: parts } })),
    has: /<ETag>/,
    absent: [
      'Expiration',
      'VersionId',
      'SSEKMSKeyId',
      ...otherChecksums.filter((name) => name !== 'ChecksumCRC64NVME'),
      ...charge,
    ],
  },
  {
    operation: 'AbortMultipartUpload',
    send: async ({ t, upload }) => {
      const subject = await t.subject(new AbortMultipartUploadCommand(upload));
      const { response } = await t.observe(new ListPartsCommand(upload));
      t.expectEqual(response?.status, 404, 'status of ListParts afterwards', 'ignored');
      return subject;
    },
    has: 'x-amz-request-id',
    absent: charge,
  },
  {
    operation: 'ListParts',
    send: ({ t, upload }) => t.subject(new ListPartsCommand(upload)),
    has: /<PartNumber>1</,
    absent: ['AbortDate', 'AbortRuleId', ...charge],
  },
  {
    operation: 'ListMultipartUploads',
    send: ({ t, Bucket }) => t.subject(new ListMultipartUploadsCommand({ Bucket })),
    has: /<UploadId>/,
    absent: charge,
  },
  {
    operation: 'ListObjects',
    send: ({ t, Bucket }) => t.subject(new ListObjectsCommand({ Bucket })),
    has: /<Key>k</,
    absent: charge,
  },
  {
    operation: 'ListObjectsV2',
    send: ({ t, Bucket }) => t.subject(new ListObjectsV2Command({ Bucket })),
    has: /<Key>k</,
    absent: charge,
  },
];

defineTable(answers, ({ operation, send, has, absent }) => ({
  id: `${operation}.plain-answer.claims-nothing`,
  title: 'the answer speaks of no version, lock, key, restore or charge that there is not',
  operation,
  feature: 'object-metadata',
  level: 'extended',
  severity: 'major',
  reference: `https://docs.aws.amazon.com/AmazonS3/latest/API/API_${operation}.html#API_${operation}_ResponseSyntax`,
  run: async (t) => {
    const Bucket = await t.bucket();
    await t.setup(new PutObjectCommand({ ...names, Bucket, Body: 'v', ChecksumSHA256: sha256 }));
    const upload = await startUpload(t, Bucket);
    const parts = [await sendPart(t, upload, 1, 'v')];
    const subject = await send({ t, Bucket, upload, parts });
    const output = subject.expectOk() as Readonly<Record<string, unknown>>;
    if (typeof has === 'string') subject.expectHeader(has, /\S/);
    else t.expectMatch(subject.body.toString('utf8'), has, 'body');
    const claimed = absent.filter((name) => output[name] !== undefined);
    t.expectEqual(claimed, [], 'members that should be absent', 'wrong-header');
  },
}));
