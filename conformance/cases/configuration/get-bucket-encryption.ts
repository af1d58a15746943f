import { GetBucketEncryptionCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { defineCase } from '../../engine/define-case.ts';
import { defineBucketRefusals } from './configuration-read.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html';

/** AWS encrypts new objects by default and says so in both places; what encrypts nothing must claim nothing. */
defineCase({
  id: 'GetBucketEncryption.server-side-encryption.agrees-with-objects',
  title: 'the default encryption is the one that a new object shows; 404 when it shows none',
  operation: 'GetBucketEncryption',
  feature: 'server-side-encryption',
  level: 'core',
  severity: 'critical',
  reference,
  clients: ['terraform'],
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const head = await t.setup(new HeadObjectCommand({ Bucket: bucket, Key: 'k' }));
    const get = await t.subject(new GetBucketEncryptionCommand({ Bucket: bucket }));
    if (head.ServerSideEncryption === undefined) {
      get.expectError({ status: 404, code: 'ServerSideEncryptionConfigurationNotFoundError' });
    } else {
      const rules = get.expectOk().ServerSideEncryptionConfiguration?.Rules ?? [];
      const algorithms = rules.map((rule) => rule.ApplyServerSideEncryptionByDefault?.SSEAlgorithm);
      t.expectEqual(algorithms, [head.ServerSideEncryption], 'default algorithm');
    }
    await t.expectObject(bucket, 'k', 'v');
  },
});

defineBucketRefusals({
  operation: 'GetBucketEncryption',
  feature: 'server-side-encryption',
  command: (input) => new GetBucketEncryptionCommand(input),
});
