import type { Operation, OperationName } from '../catalogue.ts';

/** What a probe is aimed at. */
export interface ProbeAim {
  readonly bucket: string;
  readonly key: string;
}

type Extra = Record<string, unknown>;

const id = 'probe';
const allow = (bucket: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:GetObjectTorrent',
        Resource: `arn:aws:s3:::${bucket}/*`,
      },
    ],
  });

/**
 * Payloads that a server which has the feature accepts, so that a refusal is about the feature and not about the payload.
 * What is not here is made from the required members of the SDK's schema.
 */
const payloads: Partial<Record<OperationName, (aim: ProbeAim) => Extra>> = {
  CreateBucketMetadataConfiguration: () => ({
    MetadataConfiguration: { JournalTableConfiguration: { RecordExpiration: { Expiration: 'DISABLED' } } },
  }),
  CreateBucketMetadataTableConfiguration: () => ({
    MetadataTableConfiguration: {
      S3TablesDestination: {
        TableBucketArn: 'arn:aws:s3tables:us-east-1:123456789012:bucket/conformance',
        TableName: 'conformance',
      },
    },
  }),
  DeleteObjects: () => ({ Delete: { Objects: [{ Key: 'absent' }] } }),
  GetObjectAttributes: () => ({ ObjectAttributes: ['ETag'] }),
  PutBucketAbac: () => ({ AbacStatus: { Status: 'Enabled' } }),
  PutBucketAccelerateConfiguration: () => ({ AccelerateConfiguration: { Status: 'Suspended' } }),
  PutBucketAcl: () => ({ ACL: 'private' }),
  PutBucketAnalyticsConfiguration: () => ({ AnalyticsConfiguration: { Id: id, StorageClassAnalysis: {} } }),
  PutBucketCors: () => ({
    CORSConfiguration: { CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['https://example.com'] }] },
  }),
  PutBucketEncryption: () => ({
    ServerSideEncryptionConfiguration: {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: true }],
    },
  }),
  PutBucketIntelligentTieringConfiguration: () => ({
    IntelligentTieringConfiguration: {
      Id: id,
      Status: 'Enabled',
      Tierings: [{ Days: 90, AccessTier: 'ARCHIVE_ACCESS' }],
    },
  }),
  PutBucketInventoryConfiguration: ({ bucket }) => ({
    InventoryConfiguration: {
      Id: id,
      IsEnabled: false,
      IncludedObjectVersions: 'Current',
      Schedule: { Frequency: 'Weekly' },
      Destination: { S3BucketDestination: { Bucket: `arn:aws:s3:::${bucket}`, Format: 'CSV' } },
    },
  }),
  PutBucketLifecycleConfiguration: () => ({
    LifecycleConfiguration: {
      Rules: [{ ID: id, Status: 'Disabled', Filter: { Prefix: 'never/' }, Expiration: { Days: 3650 } }],
    },
  }),
  PutBucketLogging: ({ bucket }) => ({
    BucketLoggingStatus: { LoggingEnabled: { TargetBucket: bucket, TargetPrefix: 'logs/' } },
  }),
  PutBucketMetricsConfiguration: () => ({ MetricsConfiguration: { Id: id } }),
  PutBucketNotificationConfiguration: () => ({ NotificationConfiguration: { EventBridgeConfiguration: {} } }),
  PutBucketOwnershipControls: () => ({ OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] } }),
  PutBucketPolicy: ({ bucket }) => ({ Policy: allow(bucket) }),
  PutBucketReplication: ({ bucket }) => ({
    ReplicationConfiguration: {
      Role: 'arn:aws:iam::123456789012:role/conformance',
      Rules: [
        {
          Status: 'Disabled',
          Priority: 1,
          Filter: { Prefix: 'never/' },
          DeleteMarkerReplication: { Status: 'Disabled' },
          Destination: { Bucket: `arn:aws:s3:::${bucket}` },
        },
      ],
    },
  }),
  PutBucketRequestPayment: () => ({ RequestPaymentConfiguration: { Payer: 'Requester' } }),
  PutBucketTagging: () => ({ Tagging: { TagSet: [{ Key: 'probe', Value: '1' }] } }),
  // Enabled would leave versions behind that the suite's clean-up does not know.
  PutBucketVersioning: () => ({ VersioningConfiguration: { Status: 'Suspended' } }),
  PutBucketWebsite: () => ({ WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } } }),
  PutObjectAcl: () => ({ ACL: 'private' }),
  PutObjectAnnotation: () => ({ AnnotationPayload: Buffer.from('probe') }),
  PutObjectLegalHold: () => ({ LegalHold: { Status: 'OFF' } }),
  PutObjectLockConfiguration: () => ({ ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } }),
  // Short, so that a server that obeys gives the object back.
  PutObjectRetention: () => ({ Retention: { Mode: 'GOVERNANCE', RetainUntilDate: new Date(Date.now() + 3_000) } }),
  PutObjectTagging: () => ({ Tagging: { TagSet: [{ Key: 'fixture', Value: 'kept' }] } }),
  PutPublicAccessBlock: () => ({
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: false,
      IgnorePublicAcls: false,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
  }),
  // From a key that does not exist onto the fixture: a server that takes it for PutObject overwrites the fixture.
  RenameObject: ({ bucket }) => ({ RenameSource: `${bucket}/absent` }),
  RestoreObject: () => ({ RestoreRequest: { Days: 1, GlacierJobParameters: { Tier: 'Standard' } } }),
  SelectObjectContent: () => ({
    Expression: 'SELECT * FROM s3object',
    ExpressionType: 'SQL',
    InputSerialization: { CSV: {} },
    OutputSerialization: { CSV: {} },
  }),
  UpdateBucketMetadataAnnotationTableConfiguration: () => ({
    AnnotationTableConfiguration: { ConfigurationState: 'DISABLED' },
  }),
  UpdateBucketMetadataInventoryTableConfiguration: () => ({
    InventoryTableConfiguration: { ConfigurationState: 'DISABLED' },
  }),
  UpdateBucketMetadataJournalTableConfiguration: () => ({
    JournalTableConfiguration: { RecordExpiration: { Expiration: 'DISABLED' } },
  }),
  UpdateObjectEncryption: () => ({
    ObjectEncryption: {
      SSEKMS: { KMSKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/00000000-0000-0000-0000-000000000000' },
    },
  }),
  UploadPart: () => ({ Body: 'probe' }),
  UploadPartCopy: ({ bucket, key }) => ({ CopySource: `${bucket}/${key}` }),
  CopyObject: ({ bucket }) => ({ CopySource: `${bucket}/absent` }),
};

function requiredMember(name: string, aim: ProbeAim): unknown {
  if (name === 'Bucket') return aim.bucket;
  if (name === 'Key') return aim.key;
  if (name === 'PartNumber') return 1;
  return id;
}

/** The input of a probe: the required members of the SDK's schema, and a payload that fits. */
export function probeInput(operation: Operation, aim: ProbeAim): Record<string, unknown> {
  const required = operation.input.filter((member) => member.required);
  const input = Object.fromEntries(required.map(({ name }) => [name, requiredMember(name, aim)]));
  return { ...input, ...payloads[operation.name]?.(aim) };
}
