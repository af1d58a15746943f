import { GetObjectTaggingCommand, HeadObjectCommand, PutObjectTaggingCommand } from '@aws-sdk/client-s3';
import type { CaseContext } from '../../engine/case-context.ts';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { defineObjectRefusals } from './object-refusals.ts';
import { allowedTags, forbiddenTags, inOrder, tagsOf, type TagRow } from './tag-rules.ts';

const described = {
  operation: 'PutObjectTagging',
  feature: 'object-tagging',
  level: 'core',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html',
} as const;

async function expectTags(
  t: CaseContext,
  bucket: string,
  tags: readonly { Key: string; Value: string }[],
): Promise<void> {
  const { output } = await t.observe(new GetObjectTaggingCommand({ Bucket: bucket, Key: 'k' }));
  t.expectEqual(inOrder(output?.TagSet), inOrder(tags), 'tags read back', 'ignored');
}

defineTable([...allowedTags, { condition: 'ten-tags', tags: tagsOf(10) }], ({ condition, tags }) => ({
  ...described,
  id: `PutObjectTagging.object-tagging.${condition}`,
  title: `tags come back as they were set (${condition.replaceAll('-', ' ')})`,
  severity: 'major',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const input = { Bucket: bucket, Key: 'k', Tagging: { TagSet: [...tags] } };
    (await t.subject(new PutObjectTaggingCommand(input))).expectOk();
    await expectTags(t, bucket, tags);
  },
}));

defineTable<TagRow>(
  [...forbiddenTags, { condition: 'eleven-tags', tags: tagsOf(11) }],
  ({ condition, tags, level }) => ({
    ...described,
    level: level ?? 'core',
    id: `PutObjectTagging.object-tagging.${condition}`,
    title: `refused, and the tags stay as they were (${condition.replaceAll('-', ' ')})`,
    severity: 'minor',
    run: async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'k', 'v', { tagging: 'old=tag' });
      const input = { Bucket: bucket, Key: 'k', Tagging: { TagSet: [...tags] } };
      const put = await t.subject(new PutObjectTaggingCommand(input));
      put.expectError({ status: 400, code: condition === 'eleven-tags' ? 'BadRequest' : 'InvalidTag' });
      const { output } = await t.observe(new GetObjectTaggingCommand({ Bucket: bucket, Key: 'k' }));
      t.expectEqual(inOrder(output?.TagSet), [['old', 'tag']], 'tags', 'state-damaged');
    },
  }),
);

defineTable<readonly [string, readonly { Key: string; Value: string }[]]>(
  [
    ['replaces-all', [{ Key: 'new', Value: '1' }]],
    ['empty-set', []],
  ],
  ([condition, tags]) => ({
    ...described,
    id: `PutObjectTagging.object-tagging.${condition}`,
    title: `the whole set is replaced (${condition.replaceAll('-', ' ')})`,
    severity: 'major',
    run: async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'k', 'v', { tagging: 'a=1&b=2' });
      const input = { Bucket: bucket, Key: 'k', Tagging: { TagSet: [...tags] } };
      (await t.subject(new PutObjectTaggingCommand(input))).expectOk();
      await expectTags(t, bucket, tags);
    },
  }),
);

defineCase({
  ...described,
  id: 'PutObjectTagging.object-tagging.object-unchanged',
  title: 'body, ETag, type and user metadata of the object stay',
  severity: 'critical',
  run: async (t) => {
    const bucket = await t.bucket();
    const etag = await t.put(bucket, 'k', 'v', { contentType: 'text/x-test', metadata: { colour: 'red' } });
    const tagging = { TagSet: [{ Key: 'a', Value: '1' }] };
    (await t.subject(new PutObjectTaggingCommand({ Bucket: bucket, Key: 'k', Tagging: tagging }))).expectOk();
    await expectTags(t, bucket, tagging.TagSet);
    const { output } = await t.observe(new HeadObjectCommand({ Bucket: bucket, Key: 'k' }));
    t.expectEqual(
      [output?.ETag, output?.ContentType, output?.Metadata],
      [etag, 'text/x-test', { colour: 'red' }],
      'ETag, type and metadata',
      'state-damaged',
    );
    await t.expectObject(bucket, 'k', 'v');
  },
});

const tagging = '<Tagging><TagSet><Tag><Key>a</Key><Value>1</Value></Tag></TagSet></Tagging>';

defineTable<readonly [string, string, readonly (readonly [string, string])[], string]>(
  [
    ['not-well-formed', tagging.slice(0, -10), [], 'MalformedXML'],
    ['other-root', tagging.replaceAll('Tagging', 'Tags'), [], 'MalformedXML'],
    ['tag-without-value', tagging.replace('<Value>1</Value>', ''), [], 'MalformedXML'],
    ['wrong-content-md5', tagging, [['content-md5', 'AAAAAAAAAAAAAAAAAAAAAA==']], 'BadDigest'],
  ],
  ([condition, body, headers, code]) => ({
    ...described,
    id: `PutObjectTagging.error-shape.${condition}`,
    title: `${condition.replaceAll('-', ' ')}: 400 ${code}, and the tags stay as they were`,
    feature: 'error-shape',
    severity: 'major',
    transport: 'raw',
    run: async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'k', 'v', { tagging: 'old=tag' });
      const put = await t.raw({ method: 'PUT', path: t.path(bucket, 'k'), query: 'tagging', headers, body });
      put.expectError({ status: 400, code });
      const { output } = await t.observe(new GetObjectTaggingCommand({ Bucket: bucket, Key: 'k' }));
      t.expectEqual(inOrder(output?.TagSet), [['old', 'tag']], 'tags', 'state-damaged');
    },
  }),
);

defineObjectRefusals({
  operation: 'PutObjectTagging',
  feature: 'object-tagging',
  command: (input) => new PutObjectTaggingCommand({ ...input, Tagging: { TagSet: [{ Key: 'a', Value: '1' }] } }),
});
