import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import type { OperationName } from '../../catalogue.ts';
import type { CaseContext } from '../../engine/case-context.ts';
import { defineTable } from '../../engine/define-case.ts';

interface Names {
  readonly Bucket: string;
  readonly Key: string;
  readonly ExpectedBucketOwner: string;
}

/** Each sends its subject with the names, and asserts its effect on an object `k` that holds `v1`. */
defineTable<readonly [OperationName, (t: CaseContext, names: Names) => Promise<void>]>(
  [
    [
      'PutObject',
      async (t, names) => {
        (await t.subject(new PutObjectCommand({ ...names, Body: 'v2' }))).expectOk();
        await t.expectObject(names.Bucket, names.Key, 'v2');
      },
    ],
    [
      'GetObject',
      async (t, names) => {
        const get = await t.subject(new GetObjectCommand(names));
        get.expectOk();
        get.expectBody('v1');
      },
    ],
    [
      'HeadObject',
      async (t, names) => {
        t.expectEqual((await t.subject(new HeadObjectCommand(names))).expectOk().ContentLength, 2, 'length');
      },
    ],
    [
      'DeleteObject',
      async (t, names) => {
        (await t.subject(new DeleteObjectCommand(names))).expectOk();
        await t.expectAbsent(names.Bucket, names.Key);
      },
    ],
    [
      'CopyObject',
      async (t, names) => {
        const { ExpectedBucketOwner: ExpectedSourceBucketOwner, Bucket, Key } = names;
        const input = { ...names, Key: 'copy', CopySource: `${Bucket}/${Key}`, ExpectedSourceBucketOwner };
        (await t.subject(new CopyObjectCommand(input))).expectOk();
        await t.expectObject(Bucket, 'copy', 'v1');
      },
    ],
    [
      'GetObjectTagging',
      async (t, names) => {
        t.expectEqual((await t.subject(new GetObjectTaggingCommand(names))).expectOk().TagSet, [], 'tags');
      },
    ],
    [
      'ListObjectsV2',
      async (t, { Bucket, ExpectedBucketOwner }) => {
        const list = await t.subject(new ListObjectsV2Command({ Bucket, ExpectedBucketOwner }));
        t.expectEqual(
          list.expectOk().Contents?.map(({ Key }) => Key),
          ['k'],
          'keys',
        );
      },
    ],
    [
      'GetBucketLocation',
      async (t, { Bucket, ExpectedBucketOwner }) => {
        const location = await t.subject(new GetBucketLocationCommand({ Bucket, ExpectedBucketOwner }));
        location.expectOk();
        location.expectRoot('LocationConstraint');
      },
    ],
  ],
  ([operation, act]) => ({
    id: `${operation}.expected-bucket-owner.own-account`,
    title: 'x-amz-expected-bucket-owner naming the account itself is served',
    operation,
    feature: 'expected-bucket-owner',
    level: 'extended',
    severity: 'minor',
    requires: ['account-id'],
    reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html',
    run: async (t) => {
      const Bucket = await t.bucket();
      await t.put(Bucket, 'k', 'v1');
      await act(t, { Bucket, Key: 'k', ExpectedBucketOwner: t.target.options.accountId ?? '' });
    },
  }),
);
