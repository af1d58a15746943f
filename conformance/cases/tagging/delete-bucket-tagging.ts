import { DeleteBucketTaggingCommand, GetBucketTaggingCommand, PutBucketTaggingCommand } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { defineBucketRefusals } from '../configuration/configuration-read.ts';
import { tagsOf } from './tag-rules.ts';

const described = {
  operation: 'DeleteBucketTagging',
  feature: 'bucket-tagging',
  level: 'core',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketTagging.html',
} as const;

defineCase({
  ...described,
  id: 'DeleteBucketTagging.bucket-tagging.with-tags',
  title: 'the tags go, the bucket stays',
  severity: 'critical',
  clients: ['terraform'],
  run: async (t) => {
    const bucket = await t.bucket();
    await t.setup(new PutBucketTaggingCommand({ Bucket: bucket, Tagging: { TagSet: tagsOf(2) } }));
    (await t.subject(new DeleteBucketTaggingCommand({ Bucket: bucket }))).expectOk(204);
    const { response } = await t.observe(new GetBucketTaggingCommand({ Bucket: bucket }));
    t.expectEqual(response?.status, 404, 'status of reading the tags', 'ignored');
    await t.expectBucketExists(bucket);
  },
});

/** A server that overlooks the query deletes the bucket. */
defineTable(['tagging', 'tagging='], (query) => ({
  ...described,
  id: `DeleteBucketTagging.bucket-tagging.${query === 'tagging' ? 'query-without-equals-sign' : 'without-tags'}`,
  title: `DELETE ?${query} on a bucket without tags: 204, and the bucket stays`,
  severity: 'critical',
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    const removal = await t.raw({ method: 'DELETE', path: t.path(bucket), query });
    removal.expectOk(204);
    await t.expectBucketExists(bucket);
  },
}));

defineBucketRefusals({
  operation: 'DeleteBucketTagging',
  feature: 'bucket-tagging',
  command: (input) => new DeleteBucketTaggingCommand(input),
});
