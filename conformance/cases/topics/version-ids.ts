import { defineTable } from '../../engine/define-case.ts';
import { prepareRequest, type PreparedOperation } from '../../fixtures/prepared-requests.ts';
import type { QueryPair } from '../../transports/sigv4.ts';

const described = {
  feature: 'versioning',
  severity: 'major',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/VersioningWorkflows.html',
  transport: 'raw',
} as const;

const ofTags: readonly PreparedOperation[] = ['GetObjectTagging', 'PutObjectTagging', 'DeleteObjectTagging'];
const ofObjects: readonly PreparedOperation[] = ['HeadObject', 'DeleteObject', 'GetObjectAttributes'];

const withVersion = (query: unknown, versionId: string): readonly QueryPair[] => [
  ...((query ?? []) as readonly QueryPair[]),
  ['versionId', versionId],
];

defineTable([...ofObjects, ...ofTags], (operation) => ({
  ...described,
  id: `${operation}.version-id.null`,
  title: 'versionId=null is the object of a bucket that was never versioned',
  operation,
  level: 'extended',
  run: async (t) => {
    const { request, done } = await prepareRequest(t, operation);
    const subject = await t.raw({ ...request, query: withVersion(request.query, 'null') });
    subject.expectOk();
    await done(subject);
  },
}));

defineTable([...ofTags, 'GetObjectAttributes'] as const, (operation) => ({
  ...described,
  id: `${operation}.version-id.malformed`,
  title: 'a versionId that is none is refused, and nothing changes',
  operation,
  feature: 'header-refusal',
  level: 'extended',
  severity: operation === 'GetObjectTagging' || operation === 'GetObjectAttributes' ? 'major' : 'critical',
  run: async (t) => {
    const { request, unchanged } = await prepareRequest(t, operation);
    const subject = await t.raw({ ...request, query: withVersion(request.query, 'no-version') });
    subject.expectError({ status: 400, code: 'InvalidArgument' });
    await unchanged();
  },
}));

defineTable(['CopyObject', 'UploadPartCopy'] as const, (operation) => ({
  ...described,
  id: `${operation}.source.version-null`,
  title: 'a source named with versionId=null is the object of a bucket that was never versioned',
  operation,
  level: 'extended',
  run: async (t) => {
    const { request, done, bucket } = await prepareRequest(t, operation);
    const subject = await t.raw({ ...request, headers: [['x-amz-copy-source', `${bucket}/k?versionId=null`]] });
    subject.expectOk();
    await done(subject);
  },
}));
