import type { S3ErrorCode } from '../errors/codes.ts';
import { S3Error } from '../errors/s3-error.ts';
import type { S3OperationName } from './catalogue.ts';
import { defineOperation, xml, type Operation } from './operation.ts';

/** An operation that reads a feature which every bucket has in one known state. */
export function fixedDocument(name: S3OperationName, document: string): Operation<'bucket'> {
  return defineOperation({
    name,
    resource: 'bucket',
    async handle({ store, call, bucket }) {
      await store.headBucket(call, bucket);
      return xml(document);
    },
  });
}

/** An operation that reads a configuration which no bucket has. */
export function neverConfigured(name: S3OperationName, code: S3ErrorCode): Operation<'bucket'> {
  return defineOperation({
    name,
    resource: 'bucket',
    async handle({ store, call, bucket }) {
      await store.headBucket(call, bucket);
      throw new S3Error(code, { details: { BucketName: bucket } });
    },
  });
}
