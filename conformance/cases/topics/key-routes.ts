import {
  DeleteObjectsCommand,
  GetObjectTaggingCommand,
  ListMultipartUploadsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectTaggingCommand,
  type ListObjectsCommandOutput,
  type ListObjectsV2CommandOutput,
} from '@aws-sdk/client-s3';
import type { CaseContext } from '../../engine/case-context.ts';
import { defineTable } from '../../engine/define-case.ts';
import { hardKeys } from '../../fixtures/hard-keys.ts';
import { complete, sendPart, startUpload } from '../../fixtures/multipart.ts';
import { apiPage } from '../../fixtures/aws-pages.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html';
const described = { feature: 'key-encoding', level: 'core', reference } as const;
const spoken = (condition: string): string => condition.replaceAll('-', ' ');

/** As S3 writes keys for encoding-type=url: like a form, but for the slash. */
function decoded(text: string | undefined): string {
  return decodeURIComponent((text ?? '').replaceAll('+', ' '));
}

const listedKeys = [...hardKeys, ['control-character', 'a\u0001b']] as const;

async function listUrlEncoded(
  t: CaseContext,
  operation: 'ListObjects' | 'ListObjectsV2',
  Bucket: string,
): Promise<ListObjectsCommandOutput | ListObjectsV2CommandOutput> {
  const input = { Bucket, EncodingType: 'url' } as const;
  if (operation === 'ListObjects') return (await t.subject(new ListObjectsCommand(input))).expectOk();
  return (await t.subject(new ListObjectsV2Command(input))).expectOk();
}

defineTable(
  (['ListObjects', 'ListObjectsV2'] as const).flatMap((operation) =>
    listedKeys.map((row) => [operation, ...row] as const),
  ),
  ([operation, condition, name]) => ({
    ...described,
    id: `${operation}.url-encoded-key.${condition}`,
    title: `encoding-type=url: a key (${spoken(condition)}) is listed so that decoding gives it back`,
    operation,
    severity: 'critical',
    reference: apiPage(operation),
    clients: ['duckdb', 'aws-cli', 'boto3'],
    run: async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, name, condition);
      const output = await listUrlEncoded(t, operation, bucket);
      const listed = output.Contents?.[0]?.Key;
      t.expectEqual(decoded(listed), name, 'the decoded key');
      t.expectMatch(listed, /^[A-Za-z0-9_.~!*'()/+%-]+$/, 'the key as listed', 'wrong-shape');
      t.expectEqual(output.EncodingType, 'url', 'EncodingType', 'wrong-shape');
    },
  }),
);

defineTable(hardKeys, ([condition, name]) => ({
  ...described,
  id: `ListObjectsV2.prefix-key.${condition}`,
  title: `a key (${spoken(condition)}) is found by itself as prefix, and named in the answer`,
  operation: 'ListObjectsV2',
  severity: 'major',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html',
  clients: ['s3a', 'rclone'],
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, name, condition);
    await t.put(bucket, '0', 'another');
    const subject = await t.subject(new ListObjectsV2Command({ Bucket: bucket, Prefix: name }));
    const output = subject.expectOk();
    t.expectEqual(
      output.Contents?.map(({ Key }) => Key),
      [name],
      'keys',
    );
    t.expectEqual(output.Prefix, name, 'Prefix');
  },
}));

/** The others are in bucket/delete-objects.ts, several in one list. */
const alsoListed = ['space', 'plus', 'percent', 'xml', 'trailing-slash'];
const deletedKeys = hardKeys.filter(([condition]) => !alsoListed.includes(condition));

defineTable(deletedKeys, ([condition, name]) => ({
  ...described,
  id: `DeleteObjects.key.${condition}`,
  title: `a key (${spoken(condition)}) in the list is deleted, and another one stays`,
  operation: 'DeleteObjects',
  severity: 'critical',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html',
  clients: ['s3a', 'aws-cli'],
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, name, condition);
    await t.put(bucket, 'stays', 'v');
    const subject = await t.subject(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: [{ Key: name }] } }));
    t.expectEqual(
      subject.expectOk().Deleted?.map(({ Key }) => Key),
      [name],
      'Deleted',
    );
    await t.expectKeys(bucket, ['stays']);
  },
}));

defineTable(hardKeys, ([condition, name]) => ({
  ...described,
  id: `CompleteMultipartUpload.key.${condition}`,
  title: `an object under a key (${spoken(condition)}) can come in parts; the upload is listed under it`,
  operation: 'CompleteMultipartUpload',
  severity: 'critical',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html',
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket, { Key: name });
    const { Uploads } = await t.setup(new ListMultipartUploadsCommand({ Bucket: bucket }));
    const subject = await complete(t, upload, [await sendPart(t, upload, 1, condition)]);
    t.expectEqual(subject.expectOk().Key, name, 'Key');
    t.expectEqual(Uploads?.[0]?.Key, name, 'Key of the listed upload');
    await t.expectObject(bucket, name, condition);
    await t.expectKeys(bucket, [name]);
  },
}));

defineTable(hardKeys, ([condition, name]) => ({
  ...described,
  id: `PutObjectTagging.key.${condition}`,
  title: `an object under a key (${spoken(condition)}) can be tagged, and keeps its bytes`,
  operation: 'PutObjectTagging',
  level: 'extended',
  severity: 'major',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, name, condition);
    const Tagging = { TagSet: [{ Key: 'a', Value: '1' }] };
    (await t.subject(new PutObjectTaggingCommand({ Bucket: bucket, Key: name, Tagging }))).expectOk();
    const { output } = await t.observe(new GetObjectTaggingCommand({ Bucket: bucket, Key: name }));
    t.expectEqual(output?.TagSet, Tagging.TagSet, 'tags', 'ignored');
    await t.expectObject(bucket, name, condition);
  },
}));
