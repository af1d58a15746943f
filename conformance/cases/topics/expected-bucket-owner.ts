import { defineTable } from '../../engine/define-case.ts';
import { prepareRequest, type PreparedOperation } from '../../fixtures/prepared-requests.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html';
const otherAccount = '111122223333';

defineTable<readonly [PreparedOperation, string]>(
  [
    ['CopyObject', 'x-amz-expected-bucket-owner'],
    ['GetObjectAttributes', 'x-amz-expected-bucket-owner'],
    ['CreateMultipartUpload', 'x-amz-expected-bucket-owner'],
    ['UploadPart', 'x-amz-expected-bucket-owner'],
    ['UploadPartCopy', 'x-amz-expected-bucket-owner'],
    ['CompleteMultipartUpload', 'x-amz-expected-bucket-owner'],
    ['AbortMultipartUpload', 'x-amz-expected-bucket-owner'],
    ['ListParts', 'x-amz-expected-bucket-owner'],
    ['ListMultipartUploads', 'x-amz-expected-bucket-owner'],
    ['UploadPartCopy', 'x-amz-source-expected-bucket-owner'],
  ],
  ([operation, header]) => ({
    id: `${operation}.expected-${header.includes('source') ? 'source' : 'bucket'}-owner.other-account`,
    title: `${header} naming another account: 403, and nothing changes`,
    operation,
    feature: 'expected-bucket-owner',
    level: 'core',
    severity: 'critical',
    reference,
    transport: 'raw',
    run: async (t) => {
      const { request, unchanged } = await prepareRequest(t, operation);
      const subject = await t.raw({ ...request, headers: [...(request.headers ?? []), [header, otherAccount]] });
      subject.expectError({ status: 403, code: 'AccessDenied' });
      await unchanged();
    },
  }),
);
