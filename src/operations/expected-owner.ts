import { S3Error } from '../errors/s3-error.ts';
import { accountId } from '../s3/owner.ts';
import type { BucketContext, ObjectContext, ServiceContext } from './operation.ts';

/**
 * The bucket's owner must be who the client thinks: InvalidBucketOwnerAWSAccountID for what is no account id,
 * AccessDenied for another owner.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html
 */
export async function checkExpectedOwner(context: ServiceContext | BucketContext | ObjectContext): Promise<void> {
  if (!('bucket' in context)) return;
  await checkOwner(context, context.request.header('x-amz-expected-bucket-owner'), context.bucket);
}

/** The same for the bucket that a copy is made from. */
export async function checkExpectedSourceOwner(context: ServiceContext, bucket: string): Promise<void> {
  await checkOwner(context, context.request.header('x-amz-source-expected-bucket-owner'), bucket);
}

async function checkOwner(
  { store, call }: ServiceContext,
  expected: string | undefined,
  bucket: string,
): Promise<void> {
  if (expected === undefined) return;
  if (!/^\d{12}$/.test(expected)) throw new S3Error('InvalidBucketOwnerAWSAccountID');
  const { owner } = await store.headBucket(call, bucket);
  if (accountId(owner) !== expected) throw new S3Error('AccessDenied');
}
