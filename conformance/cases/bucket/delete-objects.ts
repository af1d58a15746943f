import { createHash } from 'node:crypto';
import { DeleteObjectsCommand } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { bucketWith } from '../listing/listed-bucket.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html';
const described = { operation: 'DeleteObjects', feature: 'bulk-delete', level: 'core', reference } as const;

const objects = (keys: readonly string[]): { Key: string }[] => keys.map((Key) => ({ Key }));
const sorted = (entries: readonly { readonly Key?: string | undefined }[] | undefined): string[] =>
  (entries ?? []).map(({ Key }) => Key ?? '').sort();

defineTable<readonly [string, readonly string[], readonly string[]]>(
  [
    ['several-keys', ['a', 'b', 'c'], ['a', 'c']],
    ['key-that-others-begin-with', ['a', 'a/b', 'ab'], ['a']],
    ['folder-marker', ['d/', 'd/e'], ['d/']],
    ['xml-characters', ['<a>&"b\'', 'c'], ['<a>&"b\'']],
    ['space-plus-and-percent', ['a b', 'a+b', 'a%20b'], ['a b']],
    ['beyond-ascii', ['é', 'e', '\u{1f600}'], ['é', '\u{1f600}']],
  ],
  ([condition, keys, deleted]) => ({
    ...described,
    id: `DeleteObjects.bulk-delete.${condition}`,
    title: `exactly the named keys are deleted (${condition.replaceAll('-', ' ')})`,
    severity: 'critical',
    clients: condition === 'several-keys' ? ['s3a', 'iceberg', 'rclone'] : [],
    run: async (t) => {
      const bucket = await bucketWith(t, keys);
      const removal = await t.subject(
        new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects(deleted) } }),
      );
      const output = removal.expectOk();
      t.expectEqual(sorted(output.Deleted), deleted.toSorted(), 'Deleted');
      t.expectEqual(output.Errors ?? [], [], 'Errors');
      await t.expectKeys(
        bucket,
        keys.filter((key) => !deleted.includes(key)),
      );
    },
  }),
);

defineCase({
  ...described,
  id: 'DeleteObjects.bulk-delete.missing-key',
  title: 'a key that is not there counts as deleted',
  severity: 'major',
  clients: ['s3a'],
  run: async (t) => {
    const bucket = await bucketWith(t, ['a', 'b']);
    const list = { Objects: objects(['a', 'absent']) };
    const output = (await t.subject(new DeleteObjectsCommand({ Bucket: bucket, Delete: list }))).expectOk();
    t.expectEqual(sorted(output.Deleted), ['a', 'absent'], 'Deleted');
    t.expectEqual(output.Errors ?? [], [], 'Errors');
    await t.expectKeys(bucket, ['b']);
  },
});

defineCase({
  ...described,
  id: 'DeleteObjects.bulk-delete.quiet',
  title: 'quiet: deleted all the same, and only errors are told',
  severity: 'major',
  run: async (t) => {
    const bucket = await bucketWith(t, ['a', 'b']);
    const list = { Objects: objects(['a']), Quiet: true };
    const removal = await t.subject(new DeleteObjectsCommand({ Bucket: bucket, Delete: list }));
    const output = removal.expectOk();
    removal.expectRoot('DeleteResult');
    t.expectEqual([output.Deleted ?? [], output.Errors ?? []], [[], []], 'Deleted, Errors');
    await t.expectKeys(bucket, ['b']);
  },
});

defineCase({
  ...described,
  id: 'DeleteObjects.bulk-delete.thousand-keys',
  title: 'a thousand keys at once: the documented most',
  severity: 'major',
  clients: ['s3a', 'iceberg'],
  run: async (t) => {
    const bucket = await bucketWith(t, ['k1', 'k999', 'kept']);
    const keys = Array.from({ length: 1000 }, (_, index) => `k${String(index)}`);
    const output = (
      await t.subject(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects(keys) } }))
    ).expectOk();
    t.expectEqual(output.Deleted?.length, 1000, 'number of Deleted');
    await t.expectKeys(bucket, ['kept']);
  },
});

defineCase({
  ...described,
  id: 'DeleteObjects.bulk-delete.thousand-and-one-keys',
  title: 'more than a thousand keys: 400, and nothing is deleted',
  severity: 'critical',
  run: async (t) => {
    const bucket = await bucketWith(t, ['k1']);
    const keys = Array.from({ length: 1001 }, (_, index) => `k${String(index)}`);
    const removal = await t.subject(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects(keys) } }));
    removal.expectError({ status: 400, code: 'MalformedXML' });
    await t.expectKeys(bucket, ['k1']);
  },
});

defineCase({
  ...described,
  id: 'DeleteObjects.bulk-delete.named-twice',
  title: 'a key that is named twice is deleted without an error',
  level: 'extended',
  severity: 'minor',
  run: async (t) => {
    const bucket = await bucketWith(t, ['a', 'b']);
    const list = { Objects: objects(['a', 'a']) };
    const removal = await t.subject(new DeleteObjectsCommand({ Bucket: bucket, Delete: list }));
    t.expectEqual(removal.expectOk().Errors ?? [], [], 'Errors');
    removal.expectRoot('DeleteResult');
    await t.expectKeys(bucket, ['b']);
  },
});

defineTable<readonly [string, string, string, string]>(
  [
    ['right', 'a', 'Deleted', ''],
    ['wrong', '0123456789abcdef0123456789abcdef', 'Errors', 'PreconditionFailed'],
  ],
  ([condition, etag, outcome, code]) => ({
    ...described,
    id: `DeleteObjects.conditional-delete.${condition}-etag`,
    title: `an entry with the ${condition} ETag: ${condition === 'right' ? 'deleted' : 'an error of its own, and the object stays'}`,
    feature: 'conditional-delete',
    level: 'extended',
    severity: 'critical',
    run: async (t) => {
      const bucket = await t.bucket();
      const actual = await t.put(bucket, 'a', 'v');
      const list = { Objects: [{ Key: 'a', ETag: condition === 'right' ? actual : `"${etag}"` }] };
      const removal = await t.subject(new DeleteObjectsCommand({ Bucket: bucket, Delete: list }));
      const output = removal.expectOk();
      if (condition === 'right') t.expectEqual(sorted(output.Deleted), ['a'], outcome);
      else
        t.expectEqual(
          output.Errors?.map(({ Key, Code }) => [Key, Code]),
          [['a', code]],
          outcome,
        );
      await t.expectKeys(bucket, condition === 'right' ? [] : ['a']);
    },
  }),
);

const deleteA = '<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Object><Key>a</Key></Object></Delete>';
const md5 = (text: string): string => createHash('md5').update(text).digest('base64');

defineCase({
  ...described,
  id: 'DeleteObjects.content-md5.right',
  title: 'Content-MD5 alone guards the list, as older SDKs send it',
  feature: 'content-md5',
  severity: 'major',
  transport: 'raw',
  run: async (t) => {
    const bucket = await bucketWith(t, ['a', 'b']);
    const headers = [['content-md5', md5(deleteA)]] as const;
    const removal = await t.raw({ method: 'POST', path: t.path(bucket), query: 'delete', headers, body: deleteA });
    removal.expectOk(200);
    removal.expectRoot('DeleteResult');
    await t.expectKeys(bucket, ['b']);
  },
});

/** All of these must leave every object where it is. */
defineTable<
  readonly [string, 'content-md5' | 'checksum' | 'error-shape', string, readonly (readonly [string, string])[], string]
>(
  [
    ['absent', 'content-md5', deleteA, [], 'InvalidRequest'],
    ['wrong', 'content-md5', deleteA, [['content-md5', md5('other')]], 'BadDigest'],
    ['no-md5', 'content-md5', deleteA, [['content-md5', 'abc']], 'InvalidDigest'],
    ['wrong', 'checksum', deleteA, [['x-amz-checksum-crc32', 'AAAAAA==']], 'BadDigest'],
    [
      'cut-off-list',
      'error-shape',
      deleteA.slice(0, -10),
      [['content-md5', md5(deleteA.slice(0, -10))]],
      'MalformedXML',
    ],
    ['no-keys', 'error-shape', '<Delete></Delete>', [['content-md5', md5('<Delete></Delete>')]], 'MalformedXML'],
  ],
  ([condition, feature, body, headers, code]) => ({
    ...described,
    id: `DeleteObjects.${feature}.${condition}`,
    title: `${feature === 'error-shape' ? '' : `${feature} `}${condition.replaceAll('-', ' ')}: 400 ${code}, and nothing is deleted`,
    feature,
    level: condition === 'no-md5' ? 'extended' : 'core',
    severity: 'critical',
    transport: 'raw',
    run: async (t) => {
      const bucket = await bucketWith(t, ['a', 'b']);
      const removal = await t.raw({ method: 'POST', path: t.path(bucket), query: 'delete', headers, body });
      removal.expectError({ status: 400, code });
      await t.expectKeys(bucket, ['a', 'b']);
    },
  }),
);

defineCase({
  ...described,
  id: 'DeleteObjects.anonymous.refused',
  title: 'without a signature nothing is deleted',
  feature: 'anonymous',
  severity: 'critical',
  requires: ['anonymous', 'auth-enforced'],
  transport: 'raw',
  run: async (t) => {
    const bucket = await bucketWith(t, ['a']);
    const headers = [['content-md5', md5(deleteA)]] as const;
    const removal = await t.rawUnsigned({
      method: 'POST',
      path: t.path(bucket),
      query: 'delete',
      headers,
      body: deleteA,
    });
    removal.expectError({ status: 403, code: 'AccessDenied' });
    await t.expectKeys(bucket, ['a']);
  },
});

defineCase({
  ...described,
  id: 'DeleteObjects.error-shape.missing-bucket',
  title: 'a bucket that does not exist: 404 NoSuchBucket',
  feature: 'error-shape',
  severity: 'major',
  run: async (t) => {
    const bucket = t.bucketName();
    const removal = await t.subject(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects(['a']) } }));
    removal.expectError({ status: 404, code: 'NoSuchBucket' });
    await t.expectBucketAbsent(bucket);
  },
});

defineCase({
  ...described,
  id: 'DeleteObjects.expected-bucket-owner.other-account',
  title: 'x-amz-expected-bucket-owner naming another account: 403, and nothing is deleted',
  feature: 'expected-bucket-owner',
  level: 'extended',
  severity: 'major',
  run: async (t) => {
    const bucket = await bucketWith(t, ['a']);
    const input = { Bucket: bucket, Delete: { Objects: objects(['a']) }, ExpectedBucketOwner: '111122223333' };
    const removal = await t.subject(new DeleteObjectsCommand(input));
    removal.expectError({ status: 403, code: 'AccessDenied' });
    await t.expectKeys(bucket, ['a']);
  },
});
