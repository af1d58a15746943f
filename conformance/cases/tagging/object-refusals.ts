import type { OperationName } from '../../catalogue.ts';
import { defineCase } from '../../engine/define-case.ts';
import type { Feature } from '../../features.ts';
import type { S3Command } from '../../transports/sdk.ts';
import { apiPage } from '../../fixtures/aws-pages.ts';

interface ObjectInput {
  readonly Bucket: string;
  readonly Key: string;
  readonly ExpectedBucketOwner?: string;
}

export interface ObjectSubresource<Output> {
  readonly operation: OperationName;
  readonly feature: Feature;
  readonly command: (input: ObjectInput) => S3Command<Output>;
}

/** The refusals that every request on a sub-resource of an object has in common. */
export function defineObjectRefusals<Output>({ operation, feature, command }: ObjectSubresource<Output>): void {
  const reference = apiPage(operation);
  const described = { operation, feature, reference, level: 'core', severity: 'major' } as const;
  defineCase({
    ...described,
    id: `${operation}.error-shape.missing-key`,
    title: 'an object that does not exist: 404 NoSuchKey, and none is made',
    run: async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'other', 'v');
      const subject = await t.subject(command({ Bucket: bucket, Key: 'absent' }));
      subject.expectError({ status: 404, code: 'NoSuchKey' });
      await t.expectKeys(bucket, ['other']);
    },
  });
  defineCase({
    ...described,
    id: `${operation}.error-shape.missing-bucket`,
    title: 'a bucket that does not exist: 404 NoSuchBucket',
    run: async (t) => {
      const bucket = t.bucketName();
      const subject = await t.subject(command({ Bucket: bucket, Key: 'k' }));
      subject.expectError({ status: 404, code: 'NoSuchBucket' });
      await t.expectBucketAbsent(bucket);
    },
  });
  defineForeignAccess({ operation, feature, command });
}

function defineForeignAccess<Output>({ operation, feature, command }: ObjectSubresource<Output>): void {
  const reference = apiPage(operation);
  const described = { operation, feature, reference, level: 'core', severity: 'major' } as const;
  defineCase({
    ...described,
    id: `${operation}.expected-bucket-owner.other-account`,
    title: 'x-amz-expected-bucket-owner naming another account: 403',
    feature: 'expected-bucket-owner',
    level: 'extended',
    run: async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'k', 'v');
      const subject = await t.subject(command({ Bucket: bucket, Key: 'k', ExpectedBucketOwner: '111122223333' }));
      subject.expectError({ status: 403, code: 'AccessDenied' });
      await t.expectObject(bucket, 'k', 'v');
    },
  });
  defineCase({
    ...described,
    id: `${operation}.second-account.refused`,
    title: 'another account, to which nothing was granted: 403',
    feature: 'second-account',
    severity: 'critical',
    requires: ['second-account', 'auth-enforced'],
    run: async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'k', 'v');
      const subject = await t.subject(command({ Bucket: bucket, Key: 'k' }), { as: 'second' });
      subject.expectError({ status: 403, code: 'AccessDenied' });
      await t.expectObject(bucket, 'k', 'v');
    },
  });
}
