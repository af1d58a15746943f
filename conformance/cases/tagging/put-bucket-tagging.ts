import { GetBucketTaggingCommand, PutBucketTaggingCommand } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { defineBucketRefusals } from '../configuration/configuration-read.ts';
import { allowedTags, forbiddenTags, inOrder, tagsOf } from './tag-rules.ts';

const described = {
  operation: 'PutBucketTagging',
  feature: 'bucket-tagging',
  level: 'core',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html',
} as const;

defineTable([...allowedTags, { condition: 'fifty-tags', tags: tagsOf(50) }], ({ condition, tags }) => ({
  ...described,
  id: `PutBucketTagging.bucket-tagging.${condition}`,
  title: `tags come back as they were set (${condition.replaceAll('-', ' ')})`,
  severity: 'major',
  clients: ['terraform'],
  run: async (t) => {
    const bucket = await t.bucket();
    (await t.subject(new PutBucketTaggingCommand({ Bucket: bucket, Tagging: { TagSet: [...tags] } }))).expectOk(204);
    const { output } = await t.observe(new GetBucketTaggingCommand({ Bucket: bucket }));
    t.expectEqual(inOrder(output?.TagSet), inOrder(tags), 'tags read back', 'ignored');
  },
}));

defineTable(forbiddenTags, ({ condition, tags, level }) => ({
  ...described,
  level: level ?? 'core',
  id: `PutBucketTagging.bucket-tagging.${condition}`,
  title: `400 InvalidTag, and the tags stay as they were (${condition.replaceAll('-', ' ')})`,
  severity: 'minor',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.setup(new PutBucketTaggingCommand({ Bucket: bucket, Tagging: { TagSet: [{ Key: 'old', Value: 'tag' }] } }));
    const put = await t.subject(new PutBucketTaggingCommand({ Bucket: bucket, Tagging: { TagSet: [...tags] } }));
    put.expectError({ status: 400, code: 'InvalidTag' });
    const { output } = await t.observe(new GetBucketTaggingCommand({ Bucket: bucket }));
    t.expectEqual(inOrder(output?.TagSet), [['old', 'tag']], 'tags', 'state-damaged');
  },
}));

defineCase({
  ...described,
  id: 'PutBucketTagging.bucket-tagging.replaces-all',
  title: 'the whole set is replaced',
  severity: 'major',
  clients: ['terraform'],
  run: async (t) => {
    const bucket = await t.bucket();
    await t.setup(new PutBucketTaggingCommand({ Bucket: bucket, Tagging: { TagSet: tagsOf(2) } }));
    const TagSet = [{ Key: 'new', Value: '1' }];
    (await t.subject(new PutBucketTaggingCommand({ Bucket: bucket, Tagging: { TagSet } }))).expectOk(204);
    const { output } = await t.observe(new GetBucketTaggingCommand({ Bucket: bucket }));
    t.expectEqual(inOrder(output?.TagSet), [['new', '1']], 'tags read back', 'ignored');
  },
});

defineTable(['<Tagging><TagSet>', '<Tags/>'], (body) => ({
  ...described,
  id: `PutBucketTagging.error-shape.${body === '<Tags/>' ? 'other-root' : 'not-well-formed'}`,
  title: `a body that is not what the schema says: 400 MalformedXML, and no tags (${body === '<Tags/>' ? 'root' : 'cut off'})`,
  feature: 'error-shape',
  severity: 'minor',
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.setup(new PutBucketTaggingCommand({ Bucket: bucket, Tagging: { TagSet: [{ Key: 'old', Value: 'tag' }] } }));
    const put = await t.raw({ method: 'PUT', path: t.path(bucket), query: 'tagging', body });
    put.expectError({ status: 400, code: 'MalformedXML' });
    const { output } = await t.observe(new GetBucketTaggingCommand({ Bucket: bucket }));
    t.expectEqual(inOrder(output?.TagSet), [['old', 'tag']], 'tags', 'state-damaged');
  },
}));

defineBucketRefusals({
  operation: 'PutBucketTagging',
  feature: 'bucket-tagging',
  command: (input) => new PutBucketTaggingCommand({ ...input, Tagging: { TagSet: tagsOf(1) } }),
});
