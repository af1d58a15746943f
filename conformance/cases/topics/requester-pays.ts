import { defineTable } from '../../engine/define-case.ts';
import { preparedOperations, prepareRequest, type PreparedOperation } from '../../fixtures/prepared-requests.ts';

/** Tagging and listing of parts included: clients that may read such buckets send the header with every request. */
const operations = preparedOperations.filter((operation) => operation !== 'DeleteObjectTagging');

defineTable<PreparedOperation>(operations, (operation) => ({
  id: `${operation}.requester-pays.owner`,
  title: 'x-amz-request-payer on a bucket whose owner pays changes nothing, and nobody is charged',
  operation,
  feature: 'bucket-configuration',
  level: 'extended',
  severity: 'minor',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/ObjectsinRequesterPaysBuckets.html',
  clients: ['rclone', 'mountpoint'],
  transport: 'raw',
  run: async (t) => {
    const { request, done } = await prepareRequest(t, operation);
    const headers = [...(request.headers ?? []), ['x-amz-request-payer', 'requester'] as const];
    const subject = await t.raw({ ...request, headers });
    subject.expectOk();
    subject.expectHeader('x-amz-request-charged', undefined);
    await done(subject);
  },
}));
