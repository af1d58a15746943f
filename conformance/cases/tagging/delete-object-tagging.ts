import { DeleteObjectTaggingCommand, GetObjectTaggingCommand } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { defineObjectRefusals } from './object-refusals.ts';

const described = {
  operation: 'DeleteObjectTagging',
  feature: 'object-tagging',
  level: 'core',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html',
} as const;

defineTable([true, false], (hasTags) => ({
  ...described,
  id: `DeleteObjectTagging.object-tagging.${hasTags ? 'with-tags' : 'without-tags'}`,
  title: hasTags ? 'all tags go, the object stays' : 'an object without tags: 204 all the same, the object stays',
  severity: 'critical',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v', hasTags ? { tagging: 'a=1&b=2' } : {});
    (await t.subject(new DeleteObjectTaggingCommand({ Bucket: bucket, Key: 'k' }))).expectOk(204);
    const { output } = await t.observe(new GetObjectTaggingCommand({ Bucket: bucket, Key: 'k' }));
    t.expectEqual(output?.TagSet, [], 'tags read back', 'ignored');
    await t.expectObject(bucket, 'k', 'v');
  },
}));

defineCase({
  ...described,
  id: 'DeleteObjectTagging.object-tagging.query-without-equals-sign',
  title: 'DELETE ?tagging without "=" never deletes the object',
  severity: 'critical',
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v', { tagging: 'a=1' });
    const removal = await t.raw({ method: 'DELETE', path: t.path(bucket, 'k'), query: 'tagging' });
    removal.expectOk(204);
    removal.expectBody('');
    await t.expectObject(bucket, 'k', 'v');
  },
});

defineObjectRefusals({
  operation: 'DeleteObjectTagging',
  feature: 'object-tagging',
  command: (input) => new DeleteObjectTaggingCommand(input),
});
